/// Words that sentences of a summary begin with: any other capital may be a name.
enum SentenceOpening {
  static func isUsual(_ word: String) -> Bool { usual.contains(word) }

  private static let usual = Set(
    """
    a about account address adds aims annual annually appears across active after again all already also an and announced another any are around as ask asked \
    asking asks at available based because been before began begins being bought budget business but buyer buying buys \
    by came can cannot chief clear comes coming company compares concern considering contact could country current \
    currently customer data deadline decides decision deals demand demo department describes despite details different \
    does doing due during each earlier email employs enquired enquires enquiry enterprise established evaluates \
    evaluating existing expects explains explores exploring expressed few finds first for former found founded from \
    gave given gives had handles has have he head headcount headquartered heads here holds how if in industry \
    inquired inquires inquiry intends interest interested into is it its job keeps known large larger last later leads \
    like likely located long looking looks lost main makes manages manager many may mentions mid midsize message \
    method more most moves my named names needs new next no none not note notes now of offers office on once one only \
    open operates operations or organisation organization other our out over owns part past people person planned \
    planning plans possible present previous previously price prices pricing problem product project provides purchase \
    purpose quote reached reason recent recently recommend recommends refers replaces replacing replied reply reports \
    request requested requests requires responsible revenue role runs said same sales says seeks seems sells sent \
    serves several she should similar since size small software some source speaks stack started starts states still \
    submitted such suggests talks team that the their them there they thinks this those though through timing title \
    to today told tools tries under unclear understands unknown until up use used user users uses using very via \
    wanted wanting wants was we website went were what when where which while who why will wishes with within without \
    won work working works would writes writing wrote year you your \
    additional alternatives among attended average branches brief budgets card challenges claims came changes compared \
    complains contract contracts decided decisions detail did employees ended evaluation evidence expected expects \
    experience faces fit focus following follows general good grew growing grows growth high hopes however import \
    inbound intent internal issue issues key knows lack lacks launch lead limited list low management market matching \
    meeting migrating migration missing month monthly moving multiple must near need number ongoing opportunity origin \
    otherwise outcome overall paid pain pay paying pays per phone pilot plan point positive potential prefers priority \
    prospect provided quarterly question questions ready references regarding related relevant reply requirement \
    requirements result results role rollout schedule seats seeking sees setup shows situation sits size solution spends \
    staff status step strong submission suggested summary support switching target teams tells time timeline today tool \
    trial two unknown urgency usage useful volume wish yearly yes
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
