"""Word lists from which `story_bases` writes releases that were never published."""

from __future__ import annotations

EN_PLACES = """
Ashford Brackley Corwen Dunmore Eastvale Farnham Glenrock Harwick Inverley Jarrow Kelso Lydney
Marlow Norbury Oakhampton Penrith Quorn Rothwell Selby Tavistock Ulverton Ventnor Wareham Yarmouth
Linhai Xinyu Dongshan Baihe Qingxi Meiling Lanxi Haiyan Shunde Fuyang Jinhua Taihu Wuxing Yuhuan
Cixi Anji
""".split()
EN_SURNAMES = """
Abbott Barlow Carver Dalton Ellery Foster Garnett Holloway Irving Jessop Keating Lambert Merrill
Norris Osborne Pickering Quigley Radcliffe Sawyer Thornton Underhill Vaughan Whitlock Yates Wang Li
Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo
""".split()
EN_GIVEN = """
Alice Brian Clara Daniel Edith Frank Grace Henry Irene James Karen Louis Martha Nigel Olivia Peter
Rosa Simon Teresa Victor Wei Jun Ming Fang Hong Lei Qiang Jing Yan Tao Xiaoming Jianguo Yulan
Zhiyuan
""".split()
EN_BODIES = """
council bureau department commission authority board office committee agency ministry secretariat
inspectorate institute centre
""".split()
EN_FIELDS = """
water transport housing education health fisheries forestry energy customs commerce culture tourism
statistics revenue environment agriculture employment heritage maritime science
""".split()
EN_ADJECTIVES = """
annual additional ageing affordable ambitious basic broad careful central clean coastal common
costly current daily decisive digital direct early eastern efficient elderly exceptional external
familiar fiscal flexible former fresh frequent general global gradual green historic idle
independent industrial inland joint local lasting major marine medical mobile modest modern narrow
national neighbouring northern notable open ordinary overseas permanent pilot practical previous
private public quiet rapid regional remote renewed rural safe seasonal secondary senior shared
skilled southern special stable steady strict temporary thorough timely traditional urban urgent
vacant voluntary western wider young
""".split()
EN_NOUNS = """
airport application apprentice archive area audit bakery barrier basin battery benefit boat bridge
budget building bus campaign canal cargo carrier catchment certificate chamber charge charter child
circuit clinic coast college company complaint condition contract corridor course crop culvert
customer dam deadline deposit depot district driver drought effluent embankment employer engine
estate estimate exhibition exporter facility factory family farmer ferry festival fibre field
fishery fleet flood forecast forest fund gallery garden gate goods grant greenhouse guide harbour
harvest hatchery highway hospital household incinerator income inspection inspector investor island
junction kitchen laboratory landlord landscape lane lease library licence lighthouse loan machine
manufacturer map market meadow measure merchant meter mill museum neighbourhood nursery nurse
officer operator orchard park parent partnership passenger patient pavement pension permit pharmacy
pier pipeline plan plant platform policy pond port power premises price prize procedure programme
project property protocol provider province quarry quota railway rate reactor recruit reform refuge
region register repair report reservoir resident restaurant review ring river road roof route
sanctuary scheme school scholarship seaport seed sensor service settlement sewer shelter ship shop
signal site skill slope society soil song stadium standard station storage street student subsidy
supplier survey tariff teacher tenant terminal theatre ticket timber timetable tower town track
trader trainee tram treatment tunnel turbine university valley vehicle vessel village vineyard
visitor volunteer voucher warehouse waste watershed wetland wharf window winter worker workshop
yard
""".split()
EN_VERBS = """
accelerated adopted allocated announced approved assessed began broadened built cancelled certified
checked cleared closed coordinated cut delayed delivered designed discussed doubled drafted eased
enforced examined expanded extended financed finished funded granted guided handed hosted improved
inspected installed introduced invited launched leased lifted listed lowered maintained measured
merged modernised monitored moved negotiated observed opened ordered organised planned postponed
prepared presented procured promoted protected published purchased raised rebuilt received recorded
reduced registered relocated renewed repaired replaced reported required restored reviewed revised
selected settled shared signed simplified started strengthened studied subsidised supervised
supported surveyed suspended tested trained transferred upgraded verified welcomed widened withdrew
""".split()
EN_ADVERBIALS = """
after a public hearing|before the rainy season|by the end of the quarter|in spite of higher costs|
for the third year in a row|with help from volunteers|under a new agreement|
at the request of residents|during the holiday week|according to a statement|without raising fees|
together with two universities|as part of a wider review|once the tender had closed|
in the face of a labour shortage|following several complaints|ahead of the summer timetable|
on the advice of engineers|despite heavy traffic|at no cost to households|
in line with the regional plan|with money left from last year|over the objections of traders|
subject to a final inspection|as the weather improved|after months of talks
""".replace("\n", "").split("|")
EN_MONTHS = (
    """January February March April May June July August September October November December""".split()
)

ZH_PLACES = """
临江 东屏 青溪 白河 梅岭 兰汀 海宴 顺昌 富阳 金塘 太浦 吴兴 玉环 慈东 安吉 长宁 石浦 永康 泰顺 云和
景宁 龙泉 仙居 天台 三门 嵊北 新昌 德清 平湖 桐乡 嘉善 南浔 奉化 象山 宁海 余姚
""".split()
ZH_SURNAMES = tuple("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡")
ZH_GIVEN = tuple(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红文辉建国志远晓宁欣怡子涵浩宇梓轩佳慧海波"
)
ZH_FIELDS = """
水利 交通 住建 教育 卫生 渔业 林业 能源 海关 商务 文化 旅游 统计 税务 环保 农业 人社 文物 海事 科技
""".split()
ZH_BODIES = """
局 委员会 办公室 管理处 中心 厅 监督站 研究院
""".split()
ZH_ADJECTIVES = """
全面 深入 有效 积极 稳步 重点 基本 综合 长期 常态 绿色 智能 优质 便民 公共 区域 基层 关键 安全 规范
精准 持续 快速 统一 特色 专业 协同 开放 高效 现代 传统 沿海 农村 城镇 社区 老旧 困难 流动 季节 临时
""".split()
ZH_NOUNS = """
项目 工程 企业 产业 园区 港口 航道 桥梁 隧道 公路 铁路 车站 码头 渔港 水库 河道 堤防 泵站 管网 污水
垃圾 空气 林地 湿地 农田 种子 粮食 蔬菜 果园 茶叶 渔船 养殖 市场 商户 超市 物流 仓储 冷链 口岸 外贸
订单 资金 贷款 补贴 税费 预算 审计 招标 合同 许可 证照 窗口 平台 数据 系统 网络 电力 电站 电网 燃气
供水 住房 租金 小区 物业 电梯 停车 公交 地铁 票价 学校 教师 学生 课程 食堂 医院 诊所 药品 疫苗 医保
养老 托育 就业 培训 技能 工匠 工资 社保 户籍 档案 图书 博物 展览 演出 非遗 古镇 景区 游客 民宿 体育
赛事 场馆 志愿 社团 法律 调解 执法 巡查 隐患 消防 应急 预警 台风 暴雨 干旱 森林 海洋 岛屿 风电 光伏
氢能 芯片 软件 机器 材料 纺织 家电 汽车 船舶 模具 标准 专利 人才 院所 实验 成果 论坛 会议 代表 提案
规划 方案 意见 细则 清单 名录 报告 指标 任务 目标
""".split()
ZH_VERBS = """
推进 建设 完善 启动 发布 审议 通过 印发 落实 部署 调研 检查 督导 整治 修订 编制 开展 组织 举办 承办
签署 引进 培育 扶持 扩大 提升 优化 改造 新建 扩建 修复 治理 保护 监测 核查 公示 受理 办理 下放 取消
简化 合并 统筹 协调 保障 供应 采购 分配 发放 减免 追加 压缩 查处 约谈 通报 表彰 命名 认定 授予 接待
走访 慰问 征集 论证 验收 移交 开通 恢复 暂停 延长 缩短 搬迁 安置 回收 利用
""".split()
ZH_ADVERBIALS = """
在征求公众意见后|赶在汛期之前|力争年底以前|尽管成本有所上升|连续第三年|在志愿者协助下|根据新签协议|
应居民要求|节日期间|据通报|在不增加收费的前提下|会同两所高校|作为专项行动的一部分|招标结束之后|
面对用工紧张的局面|接到多起投诉后|按照工程师建议|不顾交通压力|在区域规划框架内|动用上年结余资金|
经过数月协商|待最终验收合格|随着天气好转|围绕群众关切
""".replace("\n", "").split("|")
