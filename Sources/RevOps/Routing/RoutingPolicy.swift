/// `config/routing.yaml`, checked: names are resolved, every rule can be reached.
public struct RoutingPolicy: Codable, Sendable, Equatable {
  public struct Rule: Codable, Sendable, Equatable {
    public var name: String
    public var when: Condition
    public var assign: Target

    public init(name: String, when: Condition, assign: Target) {
      self.name = name
      self.when = when
      self.assign = assign
    }
  }

  /// Who a rule gives the lead to.
  public enum Target: Codable, Sendable, Hashable {
    case accountOwner
    case dealOwner
    case team(String)
    /// A person's e-mail address.
    case person(String)
  }

  /// In the order of the file: a person's card goes to the first team that lists them.
  public var teams: [Team]
  public var rules: [Rule]
  /// Where a lead goes that no rule matches: a team or a person.
  public var fallback: Target

  public init(teams: [Team], rules: [Rule], fallback: Target) {
    self.teams = teams
    self.rules = rules
    self.fallback = fallback
  }

  public func team(named name: String) -> Team? { teams.first { $0.name == name } }
}

/// A group of reps that shares a channel and takes turns.
public struct Team: Codable, Sendable, Equatable {
  public enum Assignment: String, Codable, Sendable, CaseIterable {
    case roundRobin = "round_robin"
    case leastLoaded = "least_loaded"
    /// The channel claims; nobody is assigned.
    case none
  }

  /// What happens when no member is available.
  public enum WhenUnavailable: Codable, Sendable, Hashable {
    /// The next to come on shift gets it; the clock starts then.
    case wait
    case anyone
    case team(String)
  }

  public var name: String
  /// `#name` or an id.
  public var channel: String
  public var manager: String?
  public var assignment: Assignment
  public var whenUnavailable: WhenUnavailable
  public var hours: WorkingHours?
  public var members: [Member]

  public init(
    name: String, channel: String, manager: String? = nil, assignment: Assignment,
    whenUnavailable: WhenUnavailable = .wait, hours: WorkingHours? = nil, members: [Member] = []
  ) {
    self.name = name
    self.channel = channel
    self.manager = manager
    self.assignment = assignment
    self.whenUnavailable = whenUnavailable
    self.hours = hours
    self.members = members
  }
}

/// One rep in one team. The e-mail address is folded and identifies them everywhere.
public struct Member: Codable, Sendable, Equatable {
  public var email: String
  public var weight: ExactDecimal
  /// Open leads at the most; nil: no limit.
  public var capacity: Int?
  /// Working hours with the team's filled in where the member gives none.
  public var hours: WorkingHours?
  /// Slack user id or e-mail address where it differs.
  public var slack: String?
  /// HubSpot owner id or e-mail address where it differs.
  public var hubspot: String?

  public init(
    email: String, weight: ExactDecimal = ExactDecimal(1), capacity: Int? = nil, hours: WorkingHours? = nil,
    slack: String? = nil, hubspot: String? = nil
  ) {
    self.email = email
    self.weight = weight
    self.capacity = capacity
    self.hours = hours
    self.slack = slack
    self.hubspot = hubspot
  }
}

/// When somebody works, in their own time zone. `from` later than `to` is a shift over midnight that belongs to the day
/// it starts on.
public struct WorkingHours: Codable, Sendable, Equatable {
  public enum Day: String, Codable, Sendable, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun
  }

  /// IANA name.
  public var timezone: String
  public var days: [Day]
  /// Minutes after local midnight, 0…1440.
  public var from: Int
  public var to: Int
  /// Local dates without work, `2026-12-25`.
  public var holidays: [String]

  public init(timezone: String, days: [Day], from: Int, to: Int, holidays: [String] = []) {
    self.timezone = timezone
    self.days = days
    self.from = from
    self.to = to
    self.holidays = holidays
  }
}
