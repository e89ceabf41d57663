import Foundation

extension Playbook {
  /// Whether a submission goes to CRM and digest only: of a bulk source, or more than a day old when it came, so that
  /// nobody waits for a call any more.
  public func isBulk(_ payload: LeadPayload, now: Date) -> Bool {
    payload.source.map(bulkSources.contains) == true || payload.isOld(now: now)
  }
}

extension LeadPayload {
  public func isOld(now: Date) -> Bool { submittedAt.map { now.timeIntervalSince($0) > 86_400 } ?? false }
}
