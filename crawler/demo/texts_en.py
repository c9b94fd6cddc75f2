# ruff: noqa: E501  # a paragraph stands on one line
"""Hand-written English texts of the demo site, in the notation of `content.read_text`.

Lanhai, Donglan Province, Xiling Province and everybody named here are invented.
"""

from __future__ import annotations

HOT_NEWS = (
    """
Donglan-Xiling Partnership Conference Held in Lanhai, Lu Qingyuan and Tian Guangrui Address the Delegates

The Donglan-Xiling Partnership Conference was held in Lanhai on the 12th. Lu Qingyuan, Governor of Donglan Province, and Tian Guangrui, Governor of Xiling Province, attended the conference and addressed the delegates. Shen Wenhao, Fang Ruolan and Xu Boyan were present.
Lu Qingyuan thanked the delegation of Xiling Province for coming to the third Coastal Cooperation Fair. He said that the coast and the highlands are tied together by one railway, one river and eleven years of shared work, and that the partnership is to be judged by what it changes in the villages along the line. Over the past year Donglan has sent 214 teachers, doctors and engineers to Xiling, and 96 young officials of Xiling have worked for half a year in the counties of the coast.
“What the highlands grow, the coast can carry,” said Lu Qingyuan. He proposed that the two provinces open a common cold chain from the orchards of Yunjing to the berths of Lanhai, keep one list of projects instead of two, and publish every quarter which of them are late and why.
On behalf of the people of Xiling, Tian Guangrui thanked Donglan for choosing his province as the “guest of honour” of this year's fair. He said that walnuts, mountain tea and medicinal herbs from Xiling had reached 31 foreign markets through the port of Lanhai – three times as many as in the first year of the partnership – and that the next step was to process more of them before they leave the mountains.
During its stay the delegation visited the container terminal of Gangdong New Area, took part in a forum on mountain railways, and held a promotion evening under the title “From the Source to the Sea – an Invitation from Xiling”.
""",
    """
Automated Berths Enter Service at Gangdong Terminal as Lanhai Port Passes Ten Million Containers

Four automated berths entered service at the Gangdong terminal on Monday morning, when the crane operators of the first shift moved a container from the ship to the yard without leaving their desks ashore. Shen Wenhao, Mayor of Lanhai, gave the signal to begin.
The new berths are 1,480 metres long and can take the largest ships now at sea. Twelve remote-controlled quay cranes stand on them; behind the quay, 64 driverless carriers follow a map that is redrawn every second. The terminal runs on electricity from the wind farm off Shayu County.
He Jianping, director of the Lanhai Port Bureau, said that the port had handled its ten-millionth container of the year eleven days earlier than in the year before. “A berth is only as fast as the road behind it,” he said. Two thirds of the boxes that arrived by rail this spring left the yard on the same day.
None of the 316 crane operators lost their work. They were trained for nine months at the maritime college of Lanhai, and most of them now supervise three cranes at once from a control room with daylight and a view of the harbour.
The city has asked the terminal to publish its noise and air measurements every hour. The first figures can be read on a board at the passenger pier of Beidu District and on the website of the port bureau.
""",
    """
Qinglan River Clean-up Ends Its Third Year: Swimming Returns to Three Bathing Places

For the first time in 28 years people may swim in the Qinglan River within the city. The health commission opened three bathing places on Saturday after water samples had met the standard for 60 days in a row.
## What has been done
Since the clean-up began, 212 outfalls have been traced and closed, 88 kilometres of old sewers replaced, and four treatment works enlarged. Farms along the upper river have planted reed beds on a strip ten metres wide.
## What the samples say
| Place | Spring of the first year | Spring of this year |
| Old Ferry | poor | good |
| Stone Bridge | poor | excellent |
| Willow Bank | very poor | good |
Fang Ruolan, Vice Mayor of Lanhai, warned against taking the result for granted. “One broken pump undoes a month,” she said, and announced that every outfall will carry a plate with the name and telephone number of the office that answers for it.
## Rules for bathers
* Swim only between the yellow buoys and while a lifeguard is on duty.
* After heavy rain the bathing places stay closed for two days.
* Dogs, boats and fishing lines keep to the other bank.
The next report on the river is due in October.
""",
    """
Lanhai Opens Its Fifth Metro Line, Linking the Old Harbour with Gangdong New Area in 24 Minutes

Line 5 of the Lanhai Metro opened to passengers at six o'clock on Sunday morning. The line is 31.7 kilometres long, has 22 stations and passes twice under the Qinglan River; a ride from the Old Harbour to Gangdong New Area takes 24 minutes instead of 70 by bus.
The first train left with 900 passengers who had been drawn by lot from 41,000 applications. Among them was Zhou Amei, 83, who sold tickets on the harbour ferry for thirty years. “The ferry was slower, but we had the view,” she said.
Every station can be reached without steps. Platforms have hearing loops, tactile lines and a call point where somebody answers in Chinese, English or sign language. Bicycles travel free of charge outside the rush hours.
Xu Boyan, head of the transport commission, said that the line was finished four months before the date in the contract and 3 percent under its budget. The saving will pay for covered walks between nine stations and the schools nearby.
Until the end of the month all journeys on the new line cost one yuan.
""",
    """
Typhoon Season: Lanhai Rehearses the Evacuation of 40,000 People in One Night

Lanhai rehearsed on Thursday night how to bring 40,000 people to safety before a typhoon makes landfall. The exercise covered 36 villages on the outer islands of Shayu County and two low-lying neighbourhoods of Jiangkou District.
The alarm was given at 19:30. By 22:10 the last bus had left the ferry pier at Sanmen Village, eighteen minutes earlier than in last year's exercise. Observers from five coastal cities followed the operation and noted 47 points to be mended.
The most useful lesson was a small one: families with cats and dogs had refused to board in earlier years. This time two of the buses were set apart for them, and nobody stayed behind.
“A plan that nobody has walked through is a piece of paper,” said Fang Ruolan, Vice Mayor of Lanhai. She asked every village to keep a list of those who need help on the stairs, to renew it on the first of each month, and to leave a copy at the nearest fire station.
The emergency bureau reminds the public that shelters may be entered by anyone, at any hour and without papers.
""",
    """
From Fish Hall to Reading Room: the Old Market on Quay Road Becomes Lanhai's Largest Library

The fish hall on Quay Road, which stood empty for sixteen years, has become the largest library of Lanhai. On the first day 11,260 people came through its doors, more than lived in the whole of Beidu District when the hall was built.
The architects kept the iron roof, the tide marks on the columns and the marble counters, on which newspapers now lie. Under the hall there is a store for 1.2 million volumes; robots bring a book to the desk in six minutes at most.
A third of the floor belongs to children. There is a room in which it is allowed to shout, a room in which it is allowed to sleep, and a workshop where the tools may be borrowed like books.
The library is open from eight in the morning to midnight on every day of the year. It lends to visitors as well as to residents: a passport or a seafarer's book is enough.
“People asked us whether it still smells of fish,” said the librarian, Qiu Yunshu. “On rainy days it does, a little, and we are not going to do anything about it.”
""",
)

ANNOUNCEMENTS = (
    """
Lanhai to Publish All Decisions of the City Council Within Two Working Days

From 1 June every decision of the Lanhai City Council will be published within two working days, together with the papers it was based on. Until now the deadline was thirty days.
The rule applies to the council, its 27 offices and the companies that the city owns. Personal data are removed before publication; where a paper must stay closed, the reason and the date of its release are published in its place.
Anyone who finds that a decision is missing can report it on the same page. Reports are public too, and are answered within five days.
The change follows a petition signed by 18,400 residents and a trial in Beidu District, where the number of written inquiries fell by 41 percent within half a year.
""",
    """
Call for Applications: 120 Places for Visiting Researchers at the Donglan Marine Institute

The Donglan Marine Institute invites applications for 120 visiting places of three to twelve months, beginning in September. Researchers of all nations and all career stages may apply.
## Fields
* Coastal ecology, with field stations on the islands of Shayu County
* Port engineering and the handling of low-carbon fuels
* History of navigation, with access to the harbour archive since 1871
* Early warning of storms, tides and harmful algae
## What is offered
Each visitor receives a monthly grant, a furnished flat within walking distance and a desk with a window. Families are welcome: the institute arranges school places and language lessons.
Applications consist of two pages and the names of two referees. They are read by three people who do not know the applicant's name, and every applicant receives their comments.
The closing date is 30 June, at midnight in Lanhai.
""",
    """
Ferry Timetable for the Outer Islands Changes on 1 June

The summer timetable for the ferries to the outer islands of Shayu County comes into force on 1 June. There are nine more crossings a day than last summer, and the last boat from Lanhai now leaves at 21:40.
| Route | First boat | Last boat | Crossings a day |
| Lanhai – Sanmen | 05:50 | 21:40 | 22 |
| Lanhai – Dengta | 06:20 | 20:10 | 14 |
| Sanmen – Heishi | 07:05 | 18:30 | 8 |
Tickets bought for the old times remain valid on any crossing of the same day. Residents of the islands travel free of charge, as before.
In fog or at a wind of more than force 8 the harbour office decides at five in the morning and at noon whether the boats sail. Its decision is shown at the piers and sent by text message to everyone who holds a ticket.
""",
    """
Statement on the Fire at the Timber Yard in Jiangkou District

A fire broke out at a timber yard in Jiangkou District at about 02:20 on Tuesday. It was under control at 06:45 and extinguished by noon. Nobody was killed; four firefighters were treated for smoke and have left hospital.
As a precaution 340 residents of Canal Street spent the night in the sports hall of the district. All of them have returned home. Measurements of the air at nine points stayed below the limits throughout.
The cause is not known. Investigators of the province began their work on Tuesday afternoon, and the city will publish their report whole.
The mayor thanked the crews of the fire boats, who pumped water from the canal for nine hours, and the neighbours who brought them breakfast.
""",
    """
Free Entry to All City Museums Continues, and Two More Join

Entry to the museums of Lanhai stays free of charge for everyone until the end of next year. The Lighthouse Museum on Dengta Island and the Museum of Salt in Beidu District join the programme, which now covers fourteen houses.
In the first year of free entry the museums counted 3.9 million visits, twice as many as before. One visitor in three had not been inside a museum for five years or more.
Special exhibitions may still ask for a ticket, but never more than 30 yuan, and never on Wednesdays.
""",
)

LATER_HOT_NEWS = (
    """
Night Trains for Fish: Lanhai's Catch Reaches Yunjing Before Breakfast

The first night train with live and chilled fish left Lanhai at 21:05 on Wednesday and reached Yunjing, 1,140 kilometres inland, at a quarter past six in the morning. Its eighteen wagons carried 212 tonnes of croaker, prawns and seaweed.
The train is part of the cold chain that the governors of Donglan and Xiling had agreed on at their conference in Lanhai. On the way back it brings walnuts, mushrooms and mountain tea to the coast.
“Fish that has slept on a train is still fresh fish,” said Lin Haisheng, who heads the fishermen's cooperative of Sanmen Village. The cooperative pays a fifth less for transport than it did for lorries.
From July there will be two trains a night.
""",
    """
Lanhai Names the Winners of Its First Repair Prize

Lanhai has awarded its first prize for repair. It goes to a workshop in Jiangkou District where 74 volunteers have mended 6,300 household machines in two years, and to a shipyard that rebuilt a ferry of 1958 with an electric engine.
The jury of craftsmen, pupils and pensioners chose among 411 entries. A special mention goes to a class of twelve-year-olds of the Willow Bank School, who taught 200 grandparents how to change the battery of a telephone.
The prize money of 300,000 yuan must be spent on tools. All three winners have announced that the tools may be borrowed.
“We have celebrated new things for a long time,” said Mayor Shen Wenhao at the ceremony. “It is time to celebrate things that last.”
""",
)

# One form, filled in every week with other figures: alike, and yet no copies of each other.
BULLETINS = tuple(
    f"""
Bathing Water Bulletin of Lanhai, Week {week}
The health commission of Lanhai examined the bathing water at nine places in week {week}. The temperature was {warmth} degrees at the Old Ferry, {warmth + 2} degrees at Stone Bridge and {warmth - 1} degrees on Dengta Island.
Intestinal enterococci were {germs} per 100 millilitres at the Old Ferry, {germs // 2} at Stone Bridge and {germs // 5} on Dengta Island; the limit is 200. Visibility reached {sight} centimetres.
In all {visits} bathers were counted, {lessons} of them in swimming lessons. The lifeguards went into the water {rescues} times. The next samples will be taken on Monday.
"""
    for week, warmth, germs, sight, visits, lessons, rescues in (
        (23, 19, 84, 140, 8127, 612, 9),
        (22, 17, 61, 165, 5240, 388, 4),
        (21, 16, 133, 95, 2915, 207, 6),
        (20, 14, 47, 180, 1388, 96, 2),
    )
)
