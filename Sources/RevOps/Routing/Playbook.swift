/// `config/playbook.yaml` with its defaults filled in. Durations are seconds.
public struct Playbook: Codable, Sendable, Equatable {
  public struct Notify: Codable, Sendable, Equatable {
    public var channel = "#leads"
    public var triageChannel: String?
    public var reviewTeam: String?
    public var ownerDM = false
    public var highPriorityMinScore = ExactDecimal("0.85") ?? ExactDecimal(1)
    public var highPriorityChannel: String?
    public var staleAfter = 7 * 86_400
    public init() {}
  }

  public struct SLA: Codable, Sendable, Equatable {
    public enum Clock: String, Codable, Sendable, CaseIterable { case working, always }
    public enum Escalation: String, Codable, Sendable, CaseIterable { case reassign, manager }
    public var clock = Clock.working
    public var accept = 15 * 60
    public var remind = 10 * 60
    public var firstTouch = 4 * 3_600
    public var escalate: [Escalation] = [.reassign, .manager]
    public init() {}
  }

  public struct Nurture: Codable, Sendable, Equatable {
    public var hubspotList: String?
    public var sequence: String?
    public var task = true
    public var revisitAfter = 30 * 86_400
    public init() {}
  }

  public struct Enrich: Codable, Sendable, Equatable {
    public var order: [Source] = [.apollo, .clearbit]
    public var budget = 8
    public var cacheFor = 30 * 86_400
    public var dailyLimit = 1_000
    public init() {}
  }

  public struct LLM: Codable, Sendable, Equatable {
    public var budget = 6
    public var dailyLimit = 5_000
    /// Sent with every request, as JSON values.
    public var extra: [String: JSONValue] = [:]
    public init() {}
  }

  public struct HubSpot: Codable, Sendable, Equatable {
    public var leadStatusNew: String? = "NEW"
    public var leadStatusClaimed: String? = "IN_PROGRESS"
    public var leadStatusNurture: String? = "BAD_TIMING"
    public var leadStatusDisqualified: String? = "UNQUALIFIED"
    public var lifecycleQualified: String? = "marketingqualifiedlead"
    public var lifecycleClaimed: String? = "salesqualifiedlead"
    public var scoreProperty: String? = "baton_score"
    public var reasonProperty: String? = "baton_route_reason"
    public var leadIDProperty: String? = "baton_lead_id"
    public init() {}
  }

  public struct Permissions: Codable, Sendable, Equatable {
    public enum Who: String, Codable, Sendable, CaseIterable { case anyone, team, owner, admins }
    public var lookUp = Who.anyone
    public var claim = Who.anyone
    public var reassign = Who.team
    public var nurture = Who.team
    public var release = Who.owner
    public var outcome = Who.owner
    public var triage = Who.anyone
    public var retry = Who.admins
    public init() {}
  }

  public struct Digest: Codable, Sendable, Equatable {
    /// Minutes after local midnight.
    public var at: Int
    public var days: [WorkingHours.Day]
    public init(at: Int, days: [WorkingHours.Day]) {
      self.at = at
      self.days = days
    }
  }

  /// Calls a service may get: `count` in `seconds`; nil: unlimited.
  public struct CallRate: Codable, Sendable, Equatable {
    public var count: Int
    public var seconds: Int
    public init(count: Int, seconds: Int) {
      self.count = count
      self.seconds = seconds
    }
  }

  public struct Rates: Codable, Sendable, Equatable {
    public var hubspot: CallRate? = CallRate(count: 100, seconds: 10)
    public var hubspotSearch: CallRate? = CallRate(count: 5, seconds: 1)
    public var slackChannel: CallRate? = CallRate(count: 1, seconds: 1)
    public var pinecone: CallRate? = CallRate(count: 100, seconds: 1)
    public var apollo: CallRate? = CallRate(count: 1_000, seconds: 60)
    public var clearbit: CallRate? = CallRate(count: 600, seconds: 60)
    public var openai: CallRate?
    public init() {}
  }

  public var notify = Notify()
  /// Nil: `sla: off`.
  public var sla: SLA? = SLA()
  public var nurture = Nurture()
  public var enrich = Enrich()
  public var llm = LLM()
  /// How many similar accounts the card shows.
  public var similar = 3
  public var hubspot = HubSpot()
  public var permissions = Permissions()
  public var admins: [String] = []
  /// Nil: `digest: off`.
  public var digest: Digest?
  public var bulkSources: [String] = []
  public var reopenAfter = 30 * 86_400
  public var retentionLeads = 400 * 86_400
  public var retentionRaw = 90 * 86_400
  public var rates = Rates()

  public init() {}
}
