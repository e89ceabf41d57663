import Foundation
import RevOps

/// A lead as `GET /admin/leads/{id}` shows it. Every member is always there; what is not known is `null` or empty.
struct LeadDocument {
  let lead: Lead
  /// The configuration that decided, for the words of the trace.
  let policy: Policy?

  init(_ lead: Lead, policy: Policy?) {
    self.lead = lead
    self.policy = policy
  }

  /// With its history.
  func whole(_ history: [HistoryEntry]) -> JSONObject {
    var document = members()
    document["history"] = .array(history.map(Self.entry))
    return document
  }

  /// Without its history, as lists show it.
  func members() -> JSONObject {
    var document = identity()
    for (key, value) in knowledge().members + decision().members + desk().members { document[key] = value }
    return document
  }

  private func identity() -> JSONObject {
    [
      "lead_id": .string(lead.id.description), "state": .string(lead.state.rawValue),
      "decided_path": .text(lead.path?.rawValue), "merged": .texts(lead.merged.map(\.description)),
      "outcome": lead.desk.outcome.map(Self.outcome) ?? .null, "raw": lead.intake.raw ?? .null,
    ]
  }

  private func knowledge() -> JSONObject {
    let facts = lead.facts
    var sources = JSONObject()
    for (field, source) in (facts?.sources ?? [:]).sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      sources[field.rawValue] = .string(source.rawValue)
    }
    return [
      "normalized": facts.map { FactDocument.normalized($0.normalized) } ?? .null, "sources": .object(sources),
      "enrichment": FactDocument.enrichment(lead.enriched?.enrichment ?? Enrichment()),
      "crm": FactDocument.crm(facts?.crm ?? .notChecked),
    ]
  }

  private func decision() -> JSONObject {
    let score = lead.scored?.score
    return [
      "score": .decimal(score?.score), "rules_score": .decimal(score?.rulesScore),
      "llm_score": .decimal(score?.llmScore), "score_reasons": .array((score?.reasons ?? []).map(Self.reason)),
      "team": .text(lead.desk.team), "owner": .text(lead.desk.owner), "route_reason": .text(lead.routing?.reason),
      "summary": .texts(lead.summarized?.summary ?? []),
      "similar_accounts": .array((lead.summarized?.similar ?? []).map(Self.similar)),
    ]
  }

  private func desk() -> JSONObject {
    [
      "crm_record_id": .text(lead.desk.crm.contactID ?? lead.facts?.crm.contactID),
      "notifications": .array(lead.desk.notifications.map(Self.notification)),
      "missing": .texts(lead.enriched?.missing ?? []), "warnings": .texts(lead.warnings), "errors": .texts(lead.errors),
      "trace": .object(TraceDocument(lead, policy: policy).members()), "received_at": .time(lead.intake.receivedAt),
      "delivered_at": .time(lead.desk.deliveredAt), "claimed_at": .time(lead.desk.claimedAt),
      "first_touch_at": .time(lead.desk.firstTouchAt),
    ]
  }
}

extension LeadDocument {
  private static func outcome(_ outcome: Outcome) -> JSONValue {
    .object([
      "result": .string(outcome.result.rawValue), "reason": .text(outcome.reason), "amount": .text(outcome.amount),
    ])
  }

  private static func reason(_ reason: ScoreDecision.Reason) -> JSONValue {
    .object([
      "rule": .string(reason.rule), "kind": .text(reason.kind?.rawValue), "points": .decimal(reason.points),
      "source": .string(reason.source.rawValue),
    ])
  }

  private static func similar(_ account: SimilarAccount) -> JSONValue {
    .object([
      "account": .string(account.account), "outcome": .string(account.outcome), "reason": .text(account.reason),
      "similarity": account.similarity.isFinite ? .number(String(account.similarity)) : .null,
      "why": .string(account.why),
    ])
  }

  private static func notification(_ message: PostedMessage) -> JSONValue {
    .object([
      "channel": .string(message.channel), "ts": .string(message.timestamp), "kind": .string(message.kind.rawValue),
    ])
  }

  private static func entry(_ entry: HistoryEntry) -> JSONValue {
    var members: JSONObject = [
      "at": .time(entry.at), "actor": .string(entry.actor), "action": .string(entry.action), "from": .text(entry.from),
      "to": .text(entry.to), "reason": .text(entry.reason),
    ]
    if let body = entry.body { members["body"] = body }
    return .object(members)
  }
}

extension JSONValue {
  /// The digits as they are, so that 0.3 stays 0.3.
  static func decimal(_ value: ExactDecimal?) -> JSONValue { value.map { .number($0.description) } ?? .null }
}
