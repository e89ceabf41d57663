extension Workspace {
  /// Northwind with everybody's job beside the name, and with people that the sample company's teams lack: an SDR and a
  /// guest from an agency. The one whom the first ready-made lead goes to comes first.
  public static let playground: Workspace = {
    var workspace = northwind
    workspace.members = workspace.members.map { member in
      var member = member
      member.title = titles[member.handle] ?? ""
      return member
    }
    workspace.members += [sdr, guest]
    for index in workspace.members.indices { workspace.members[index].displayName = workspace.members[index].name }
    if let first = workspace.members.firstIndex(where: { $0.handle == "jonas" }) {
      workspace.members.insert(workspace.members.remove(at: first), at: 0)
    }
    return workspace
  }()

  private static let sdr: Member = {
    var member = Member(name: "Nora Quinn", email: "nora@northwind.example")
    member.title = "SDR"
    return member
  }()

  private static let guest: Member = {
    var member = Member(name: "Gil Stone", email: "gil@brightside-agency.example", timeZone: "Europe/London")
    member.title = "Guest, agency"
    member.guest = true
    return member
  }()

  private static let titles = [
    "olga": "RevOps lead", "dana": "Manager, North America", "maria": "Manager, EMEA", "leo": "Manager, small business",
    "ben": "Manager, APAC", "sofia": "Manager, Latin America", "petra": "AE, partners", "samir": "AE, partners",
    "marcus": "AE, financial, North America", "yuki": "AE, financial, North America",
    "jonas": "AE, financial, EMEA", "anna": "AE, financial, EMEA", "priya": "AE, healthcare",
    "tom": "AE, healthcare", "zoe": "AE, small business", "kai": "AE, small business", "nia": "AE, small business",
    "carlos": "AE, US West", "mei": "AE, US West", "ruth": "AE, US Central", "will": "AE, US Central",
    "grace": "AE, US East", "theo": "AE, US East", "lena": "AE, DACH", "felix": "AE, DACH", "chloe": "AE, France",
    "hugo": "AE, France", "oliver": "AE, UK and Ireland", "niamh": "AE, UK and Ireland", "sanne": "AE, North",
    "lars": "AE, North", "giulia": "AE, South", "diego": "AE, South", "isla": "AE, Australia",
    "haruto": "AE, Japan", "wei": "AE, APAC", "anjali": "AE, APAC", "rafael": "AE, Brazil",
    "camila": "AE, Latin America", "mateo": "AE, Latin America",
  ]
}
