"""English subjects of the generated articles: headlines, and what can happen to what."""

from __future__ import annotations

from crawler.demo.grammar import Topic

TOPICS = (
    Topic(
        titles=(
            "{place} Opens a New Cargo Pier, Cutting Waiting Times for Small Ships",
            "Shore Power Reaches {few} More Berths at {place} Harbour",
            "Lanhai and {foreign} Sign a Memorandum on Green Shipping, {person} Attends the Ceremony",
        ),
        things=(
            "the new cargo pier",
            "shore power for river barges",
            "the pilot station on the breakwater",
            "the customs hall for small ships",
            "the deep-water channel",
            "the seafarers' centre",
            "the rail yard behind the quay",
            "the register of tugs",
        ),
    ),
    Topic(
        titles=(
            "Spring Fishing Ban Ends: {count} Boats of {place} Put to Sea",
            "Seaweed Growers of {place} Harvest Their Largest Crop in a Decade",
            "{place} Sets Aside {count} Hectares of Sea for Young Croaker",
        ),
        things=(
            "the fishing ban",
            "the hatchery for croaker",
            "the auction of the morning catch",
            "insurance for small boats",
            "the artificial reef",
            "the seaweed drying halls",
            "the ice works on the pier",
            "the record of landings",
        ),
    ),
    Topic(
        titles=(
            "{place} Gets {count} Electric Buses and a Timetable That Children Helped to Write",
            "Bridge over the Qinglan River at {place} Reopens After {months} Months of Repair",
            "Bicycle Lanes in {place} Grow by {count} Kilometres, with Priority at Every Crossing",
        ),
        things=(
            "the night bus network",
            "the repaired bridge",
            "the cycle route along the dyke",
            "the tram depot",
            "free transfers within ninety minutes",
            "the low-floor buses",
            "the signal system of the ring road",
            "the ferry landing with lifts",
        ),
    ),
    Topic(
        titles=(
            "{few} Schools in {place} Begin the Day Later from September",
            "New Vocational School in {place} Teaches Wind, Wood and Welding Under One Roof",
            "Lanhai Trains {count} Teachers for Pupils with Dyslexia, {person} Opens the Course",
        ),
        things=(
            "the later start of lessons",
            "the school kitchen",
            "the workshop for apprentices",
            "the reading scheme for first-graders",
            "the sports ground shared with the neighbourhood",
            "the bus for pupils from the islands",
            "the language course for newcomers",
            "the science caravan",
        ),
    ),
    Topic(
        titles=(
            "Family Doctors Reach Every Village of {place}, the Health Commission Reports",
            "{place} Hospital Halves the Wait for Eye Operations",
            "Vaccination Boat Visits {few} Islands in {months} Weeks",
        ),
        things=(
            "the family doctor scheme",
            "the eye clinic",
            "the vaccination boat",
            "the emergency call centre",
            "hearing tests for newborns",
            "the night pharmacy",
            "the rehabilitation garden",
            "the common record of allergies",
        ),
    ),
    Topic(
        titles=(
            "Reservoirs of {place} Stand at {percent} Percent Before the Summer",
            "{place} Repairs {count} Kilometres of Water Mains Without a Single Dry Tap",
            "Desalination Plant off {place} Passes Its First Year of Operation",
        ),
        things=(
            "the leak detection teams",
            "the second reservoir",
            "the desalination plant",
            "the drinking fountains",
            "the tariff for large gardens",
            "the flood gates",
            "the sludge treatment works",
            "the rain gauges on school roofs",
        ),
    ),
    Topic(
        titles=(
            "{count} Hectares of Wetland in {place} Come Under Protection",
            "Forest Wardens Count {count} Pairs of Egrets at {place}",
            "A Park Instead of a Car Park: {place} Gives the Waterfront Back to Walkers",
        ),
        things=(
            "the wetland reserve",
            "the bird hide",
            "the tree nursery",
            "the waterfront park",
            "the planting of mangroves",
            "the path for wheelchairs",
            "the meadow on the landfill",
            "the ban on leaf blowers",
        ),
    ),
    Topic(
        titles=(
            "One Form Instead of Nine: {place} Simplifies the Registration of Small Firms",
            "Public Counters in {place} Open on Sundays, {count} Visitors on the First Day",
            "Lanhai Publishes {count} Data Sets on Water, Traffic and Public Spending",
        ),
        things=(
            "the single registration form",
            "the Sunday counters",
            "the catalogue of open data",
            "the telephone line in three languages",
            "the electronic signature for residents",
            "the map of roadworks",
            "the complaints register",
            "the paperless land office",
        ),
    ),
    Topic(
        titles=(
            "{place} Opens {few} Canteens for the Elderly, Neighbours Welcome",
            "Care Workers of {place} Win Shorter Shifts, {person} Signs the Agreement",
            "{count} Stairlifts a Month: How {place} Brings the Old Town Back Within Reach",
        ),
        things=(
            "the neighbourhood canteens",
            "the shorter shifts",
            "the stairlift fund",
            "the visiting service",
            "the day centre for people with dementia",
            "the repair service for hearing aids",
            "the shared flats of three generations",
            "the pension advice van",
        ),
    ),
    Topic(
        titles=(
            "Trade of Lanhai with {foreign} Grows by {percent} Percent in the First Quarter",
            "{count} Exhibitors from {foreign} Announce Stands at the Coastal Cooperation Fair",
            "Chamber of Commerce of {foreign} Opens an Office in {place}, {person} Welcomes the Guests",
        ),
        things=(
            "the bonded warehouse",
            "the arbitration centre",
            "the export credit scheme",
            "the tasting hall for imported food",
            "the office for foreign firms",
            "the fair's business forum",
            "the label for mountain produce",
            "the freight train to the west",
        ),
    ),
    Topic(
        titles=(
            "Shipwreck Museum of {place} Shows {count} Finds for the First Time",
            "{place} Restores a Theatre of 1911 and Hands Its Key to Amateurs",
            "Drums on the Dyke: {place} Expects {count} Musicians at the Harbour Festival",
        ),
        things=(
            "the shipwreck collection",
            "the restored theatre",
            "the festival on the dyke",
            "the archive of sea shanties",
            "the guild of lantern makers",
            "the summer cinema",
            "the exhibition of old charts",
            "the school of puppet players",
        ),
    ),
    Topic(
        titles=(
            "{count} Affordable Flats Completed in {place}, Keys Handed Over by {person}",
            "{place} Caps Rents in Renovated Houses for {months} Years",
            "Timber Houses Eleven Storeys High: {place} Tests a New Way of Building",
        ),
        things=(
            "the affordable flats",
            "the rent register",
            "the timber towers",
            "the renovation of stairwells",
            "the exchange of flats between tenants",
            "the insulation of roofs",
            "the student hostel",
            "the courtyard gardens",
        ),
    ),
    Topic(
        titles=(
            "Terraces of {place} Yield {count} Tonnes of Early Tea",
            "Rice Without Standing Water: {place} Farmers Report on Their Second Season",
            "{place} Pays Farmers for Hedges, Ponds and {count} Kilometres of Flower Strips",
        ),
        things=(
            "the early tea harvest",
            "the seed library",
            "the hedge premium",
            "the village cold store",
            "the soil map",
            "the machine-sharing ring",
            "the dry rice fields",
            "the weekly growers' market",
        ),
    ),
    Topic(
        titles=(
            "Wind Farm off {place} Feeds In Its First Kilowatt-Hours",
            "Roofs of {count} Public Buildings in {place} Now Make Their Own Electricity",
            "Heat from the Sea Warms {count} Homes in {place} Through the Winter",
        ),
        things=(
            "the offshore wind farm",
            "the solar roofs",
            "the sea-water heat pumps",
            "the battery store in the old mill",
            "the energy advice centre",
            "the smart meters",
            "the biogas plant",
            "the cable to the outer islands",
        ),
    ),
    Topic(
        titles=(
            "{count} Runners at the Dyke Marathon, Oldest Finisher Is 81",
            "{place} Learns to Swim: {count} Free Lessons This Summer",
            "Rowers of {foreign} Train on the Qinglan River Before the Asian Regatta",
        ),
        things=(
            "the dyke marathon",
            "the free swimming lessons",
            "the rowing course",
            "the covered table-tennis hall",
            "the climbing wall at the lighthouse",
            "the sports card for families",
            "the girls' football league",
            "the floodlights of the village pitches",
        ),
    ),
    Topic(
        titles=(
            "Heavy Rain over {place}: {count} Pumps at Work, No Injuries Reported",
            "New Weather Radar at {place} Gives {months} Minutes More Warning",
            "{place} Fire Brigade Takes {count} Volunteers into Training",
        ),
        things=(
            "the weather radar",
            "the volunteer fire brigade",
            "the sirens on the coast",
            "the sandbag depots",
            "the text message warnings",
            "the rescue helicopter",
            "the shelter in the sports hall",
            "the map of flood levels",
        ),
    ),
    Topic(
        titles=(
            "Guest Houses of {place} Welcome {count} Visitors over the May Holiday",
            "Lighthouse Trail Through {place} Opens with {count} Signposts",
            "No Bus Parking at the Old Gate: {place} Tries Quieter Tourism",
        ),
        things=(
            "the lighthouse trail",
            "the visitors' contribution",
            "the luggage service at the station",
            "the limit on tour buses",
            "the village guest houses",
            "the sleeper ferry",
            "the guides' examination",
            "the campsite on the headland",
        ),
    ),
    Topic(
        titles=(
            "Donglan Marine Institute Launches a Research Vessel Named After a Tide Watcher of {place}",
            "{count} Sensors in {place} Listen to the Sea Floor",
            "University of {place} and Partners in {foreign} Found a School of Harbour Engineering",
        ),
        things=(
            "the research vessel",
            "the sea-floor sensors",
            "the school of harbour engineering",
            "the library of ice cores",
            "the laboratory for sails",
            "the doctoral programme",
            "the tide archive",
            "the fund for failed experiments",
        ),
    ),
)
