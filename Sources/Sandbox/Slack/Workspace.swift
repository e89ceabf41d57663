/// The Slack workspace as it is when the sandbox starts.
public struct Workspace: Sendable {
  public struct Member: Sendable {
    public var id: String
    public var handle: String
    public var name: String
    public var email: String
    /// What the person goes by in Slack.
    public var displayName: String
    /// The job that the profile shows; empty where it shows none.
    public var title = ""
    /// IANA name.
    public var timeZone: String
    public var deactivated = false
    /// A guest of one or some channels.
    public var guest = false

    /// A member whose id follows from the part of the address before the @ ("ada@…" is "U0ADA").
    public init(name: String, email: String, timeZone: String = "Europe/Berlin") {
      let handle = String(email.prefix { $0 != "@" })
      id = "U0" + handle.uppercased().filter { $0.isLetter || $0.isNumber }
      self.handle = handle
      displayName = handle
      self.name = name
      self.email = email
      self.timeZone = timeZone
    }
  }

  public struct Channel: Sendable {
    public var id: String
    public var name: String
    public var archived = false
    public var isPrivate = false
    public var botIsMember = true

    /// A channel whose id follows from its name ("leads-emea" is "C0LEADSEMEA").
    public init(name: String) {
      id = "C0" + name.uppercased().filter { $0.isLetter || $0.isNumber }
      self.name = name
    }
  }

  public var teamID = "T0NORTHWIND"
  public var domain = "northwind"
  public var appID = "A0BATON"
  public var botID = "B0BATON"
  public var botUserID = "U0BATONBOT"
  public var members: [Member]
  public var channels: [Channel]
  /// The members of user groups, by the group's id; none by default, as in a workspace on a free plan.
  public var userGroups: [String: [String]] = [:]
  /// What the bot token may do, as Slack tells it in `X-OAuth-Scopes`.
  public var scopes = Workspace.everyScope
  /// Messages a second that one channel takes before Slack answers 429; nil for no limit.
  public var postsPerSecond: Double?

  public init(members: [Member], channels: [Channel]) {
    self.members = members
    self.channels = channels
  }

  public static let everyScope = [
    "chat:write", "chat:write.public", "commands", "users:read", "users:read.email", "channels:read", "groups:read",
    "channels:history", "groups:history", "im:write", "im:history", "app_mentions:read", "usergroups:read",
  ]
}

extension Workspace {
  /// Northwind, the sample company: its reps, their managers and the channels of its teams.
  public static let northwind: Workspace = {
    var workspace = Workspace(members: people, channels: channelNames.map { Channel(name: $0) })
    var random = Channel(name: "random")
    random.botIsMember = false
    var old = Channel(name: "leads-2019")
    old.archived = true
    workspace.channels += [random, old]
    return workspace
  }()

  private static let channelNames = [
    "leads", "leads-triage", "leads-partners", "leads-edu", "leads-fintech-na", "leads-fintech-emea",
    "leads-healthcare", "leads-smb", "leads-us-west", "leads-us-central", "leads-us-east", "leads-us", "leads-dach",
    "leads-france", "leads-uki", "leads-north", "leads-south", "leads-emea", "leads-anz", "leads-japan", "leads-apac",
    "leads-brasil", "leads-latam", "leads-general",
  ]

  private static let people: [Member] = [
    person("Olga Petrova", "olga", "Europe/Berlin"), person("Dana Whitfield", "dana", "America/New_York"),
    person("Maria Brandt", "maria", "Europe/Berlin"), person("Leo Marsh", "leo", "America/Chicago"),
    person("Ben Tucker", "ben", "Australia/Sydney"), person("Sofia Almeida", "sofia", "America/Sao_Paulo"),
    person("Petra Novak", "petra", "Europe/Berlin"), person("Samir Haddad", "samir", "Europe/Berlin"),
    person("Marcus Reed", "marcus", "America/New_York"), person("Yuki Mori", "yuki", "America/New_York"),
    person("Jonas Keller", "jonas", "Europe/Berlin"), person("Anna Lindner", "anna", "Europe/Vienna"),
    person("Priya Nair", "priya", "America/New_York"), person("Tom Becker", "tom", "America/Chicago"),
    person("Zoe Carter", "zoe", "America/Denver"), person("Kai Lawson", "kai", "America/Los_Angeles"),
    person("Nia Brooks", "nia", "America/New_York"), person("Carlos Vega", "carlos", "America/Los_Angeles"),
    person("Mei Tan", "mei", "America/Los_Angeles"), person("Ruth Olsen", "ruth", "America/Chicago"),
    person("Will Drake", "will", "America/Chicago"), person("Grace Lowell", "grace", "America/New_York"),
    person("Theo Banks", "theo", "America/New_York"), person("Lena Vogt", "lena", "Europe/Berlin"),
    person("Felix Auer", "felix", "Europe/Vienna"), person("Chloe Martin", "chloe", "Europe/Paris"),
    person("Hugo Perrin", "hugo", "Europe/Paris"), person("Oliver Hayes", "oliver", "Europe/London"),
    person("Niamh Byrne", "niamh", "Europe/Dublin"), person("Sanne Visser", "sanne", "Europe/Amsterdam"),
    person("Lars Holm", "lars", "Europe/Copenhagen"), person("Giulia Conti", "giulia", "Europe/Rome"),
    person("Diego Ruiz", "diego", "Europe/Madrid"), person("Isla Grant", "isla", "Australia/Sydney"),
    person("Haruto Sato", "haruto", "Asia/Tokyo"), person("Wei Chen", "wei", "Asia/Singapore"),
    person("Anjali Rao", "anjali", "Asia/Kolkata"), person("Rafael Souza", "rafael", "America/Sao_Paulo"),
    person("Camila Torres", "camila", "America/Bogota"), person("Mateo Silva", "mateo", "America/Mexico_City"),
  ]

  private static func person(_ name: String, _ handle: String, _ zone: String) -> Member {
    Member(name: name, email: "\(handle)@northwind.example", timeZone: zone)
  }
}
