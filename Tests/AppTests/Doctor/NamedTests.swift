import PolicyFiles
import Testing

@testable import App

@Suite struct NamedTests {
  private static let routing = """
    teams:
      dach:
        channel: "#leads-dach"
        manager: maria@northwind.example
        assignment: round_robin
        members: [{ email: jonas@northwind.example, slack: U0JONAS }, { email: anna@northwind.example, hubspot: "7" }]
      alps:
        channel: "#leads-dach"
        assignment: round_robin
        members: [{ email: jonas@northwind.example }]
    rules:
      - { name: Swiss, when: { country: CH }, assign: alps }
      - { name: Named, when: { country: FR }, assign: olga@northwind.example }
    default: dach
    """
  private static let scoring = "weights: { rules: 1, llm: 0 }\nthresholds: { qualify: 0.7, nurture: 0.4 }\nrules: []\n"
  private static let playbook =
    "notify: { channel: C0DESK, triage_channel: \"#triage\" }\nadmins: [maria@northwind.example]\n"

  private let policy = Result {
    try PolicyLoader.load(
      routing: SourceFile(name: "routing.yaml", text: routing),
      scoring: SourceFile(name: "scoring.yaml", text: scoring),
      playbook: SourceFile(name: "playbook.yaml", text: playbook)
    ).policy
  }

  @Test func `everybody is named once, with all that they are named for and the names they go by elsewhere`() throws {
    let people = NamedPerson.all(in: try policy.get())
    #expect(people.map(\.email.localPart) == ["jonas", "anna", "maria", "olga"])
    #expect(people[0].roles == ["rep of dach", "rep of alps"])
    #expect(people[0].slack == "U0JONAS" && people[1].hubspot == "7")
    #expect(people[2].roles == ["manager of dach", "admin"])
  }

  @Test func `who gets leads has to be an owner, a manager or admin has not`() throws {
    let owners = NamedPerson.all(in: try policy.get()).filter(\.ownsLeads)
    #expect(owners.map(\.email.localPart) == ["jonas", "anna", "olga"])
  }

  @Test func `every channel is named once, by name or id`() throws {
    let channels = NamedChannel.all(in: try policy.get())
    #expect(channels.map(\.name) == ["#leads-dach", "C0DESK", "#triage"])
    #expect(channels[0].uses == ["team dach", "team alps"])
  }
}

extension String {
  fileprivate var localPart: String { String(prefix { $0 != "@" }) }
}
