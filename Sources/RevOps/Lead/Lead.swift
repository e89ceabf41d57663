import Foundation

/// One person's enquiry from arrival to outcome: the document that the store keeps, that cards are drawn from and that
/// `GET /admin/leads/{id}` shows. It changes only by a commit, which checks its version.
public struct Lead: Codable, Sendable, Equatable, Identifiable {
  public let id: LeadID
  /// How many commits made it what it is; 0: not stored yet.
  public var version: Int
  public var state: LeadState
  public var intake: Intake
  /// How far the pipeline has come, with all it found out.
  public var progress: Progress
  /// Who has it, and what has been said about it where.
  public var desk: Desk
  /// Later deliveries of the same person that joined this lead.
  public var merged: [LeadID]
  /// Set when this delivery joined another lead.
  public var mergedInto: LeadID?
  /// What a person should know but nobody has to mend ("account not checked").
  public var warnings: [String]
  /// What failed and needs somebody.
  public var errors: [String]

  public init(id: LeadID, intake: Intake) {
    self.id = id
    version = 0
    state = .received
    self.intake = intake
    progress = .received
    desk = Desk()
    merged = []
    mergedInto = nil
    warnings = []
    errors = []
  }

  /// The folded e-mail address: one person.
  public var identity: String { intake.identity }
}

/// How a lead came to us.
public struct Intake: Codable, Sendable, Equatable {
  public enum Channel: String, Codable, Sendable {
    case form
    case hubspot
    case slack
  }

  public var channel: Channel
  public var receivedAt: Date
  /// The folded e-mail address (`EmailAddress.identity`).
  public var identity: String
  public var payload: LeadPayload
  /// The delivery as it was decoded; nil after `retention.raw`.
  public var raw: JSONValue?
  /// Of a bulk source, or older than a day when it came: CRM and digest, no card.
  public var bulk: Bool

  public init(
    channel: Channel, receivedAt: Date, identity: String, payload: LeadPayload, raw: JSONValue?, bulk: Bool = false
  ) {
    self.channel = channel
    self.receivedAt = receivedAt
    self.identity = identity
    self.payload = payload
    self.raw = raw
    self.bulk = bulk
  }
}

/// How far the pipeline has come. Each stage's result holds the one before, so that no stage can run on less than it
/// needs.
public enum Progress: Codable, Sendable, Equatable {
  case received
  case captured(CapturedLead)
  case enriched(EnrichedLead)
  case scored(ScoredLead)
  case routed(RoutedLead)
  case summarized(SummarizedLead)
  /// Every effect that the decision asks for has been handed to the outbox.
  case delivered(SummarizedLead)
}

/// Read, cleaned and given its form's canonical facts: nothing has been looked up yet.
public struct CapturedLead: Codable, Sendable, Equatable {
  public var facts: LeadFacts

  public init(facts: LeadFacts) { self.facts = facts }
}

/// All that the services know of it, or which of them could not be asked.
public struct EnrichedLead: Codable, Sendable, Equatable {
  public var captured: CapturedLead
  public var enrichment: Enrichment
  public var facts: LeadFacts
  /// Services that are configured but gave no answer in time (`apollo`, `hubspot`): their facts may follow.
  public var missing: [String]
  /// Services whose earlier answer had to do, with its date (`apollo`): their facts of today may follow.
  public var dated: [String: Date]?
  /// What was refused of the sources' answers, and why.
  public var remarks: [String]?
  /// How often those who had not answered were asked again.
  public var askedAgain: Int?

  public init(
    captured: CapturedLead, enrichment: Enrichment, facts: LeadFacts, missing: [String], dated: [String: Date]? = nil,
    remarks: [String]? = nil
  ) {
    self.captured = captured
    self.enrichment = enrichment
    self.facts = facts
    self.missing = missing
    self.dated = dated
    self.remarks = remarks
  }

  /// Whether somebody who gave no answer of today may still give one.
  public var awaitsFacts: Bool { !missing.isEmpty || dated?.isEmpty == false }
}

public struct ScoredLead: Codable, Sendable, Equatable {
  public var enriched: EnrichedLead
  public var score: ScoreDecision
  /// What asking the language model for an opinion cost; nil: it was not asked.
  public var language: LanguageUse?

  public init(enriched: EnrichedLead, score: ScoreDecision, language: LanguageUse? = nil) {
    self.enriched = enriched
    self.score = score
    self.language = language
  }
}

public struct RoutedLead: Codable, Sendable, Equatable {
  public var scored: ScoredLead
  /// Nil for a disqualified lead: nobody gets it.
  public var routing: RoutingDecision?
  /// What the routing was decided from; nil where a release that kept none decided.
  public var basis: RoutingBasis?

  public init(scored: ScoredLead, routing: RoutingDecision?, basis: RoutingBasis? = nil) {
    self.scored = scored
    self.routing = routing
    self.basis = basis
  }
}

public struct SummarizedLead: Codable, Sendable, Equatable {
  public var routed: RoutedLead
  /// Plain sentences for the account executive, each resting on known facts.
  public var summary: [String]
  public var similar: [SimilarAccount]
  /// What asking the language model for a summary cost; nil: it was not asked.
  public var language: LanguageUse?

  public init(
    routed: RoutedLead, summary: [String], similar: [SimilarAccount], language: LanguageUse? = nil
  ) {
    self.routed = routed
    self.summary = summary
    self.similar = similar
    self.language = language
  }
}

/// A past account like this one, and what became of it.
public struct SimilarAccount: Codable, Sendable, Equatable {
  public var account: String
  public var outcome: String
  public var reason: String?
  /// 0…1, comparable only within one embedding model.
  public var similarity: Double
  /// Which facts the two share ("same industry and size").
  public var why: String

  public init(account: String, outcome: String, reason: String?, similarity: Double, why: String) {
    self.account = account
    self.outcome = outcome
    self.reason = reason
    self.similarity = similarity
    self.why = why
  }
}

extension Lead {
  public var captured: CapturedLead? {
    if case .captured(let lead) = progress { lead } else { enriched?.captured }
  }

  public var enriched: EnrichedLead? {
    if case .enriched(let lead) = progress { lead } else { scored?.enriched }
  }

  public var scored: ScoredLead? {
    if case .scored(let lead) = progress { lead } else { routed?.scored }
  }

  public var routed: RoutedLead? {
    if case .routed(let lead) = progress { lead } else { summarized?.routed }
  }

  public var summarized: SummarizedLead? {
    switch progress {
    case .summarized(let lead), .delivered(let lead): lead
    default: nil
    }
  }

  /// The best facts known so far.
  public var facts: LeadFacts? { enriched?.facts ?? captured?.facts }
  public var path: Path? { scored?.score.path }
  public var routing: RoutingDecision? { routed?.routing }
  /// The configuration that decided: the routing's, else the score's.
  public var decidingVersion: String? { routing?.trace.configVersion ?? scored?.score.trace.configVersion }
}
