import Foundation
import Sandbox
import TestSupport
import Testing

/// What can be done to a lead by a button of its card.
enum Deed: String, CaseIterable, Sendable {
  case claim, reassign, nurture, outcome, reachedOut, release, undo
  case qualify, nurtureInReview, disqualify

  var label: String {
    switch self {
    case .claim: "Claim"
    case .reassign: "Reassign"
    case .nurture, .nurtureInReview: "Nurture"
    case .outcome: "Log outcome"
    case .reachedOut: "I've reached out"
    case .release: "Release"
    case .undo: "Undo"
    case .qualify: "Qualify"
    case .disqualify: "Disqualify"
    }
  }

  var opensWindow: Bool {
    switch self {
    case .reassign, .nurture, .nurtureInReview, .outcome, .disqualify: true
    default: false
    }
  }

  /// Where the lead is afterwards.
  var state: String {
    switch self {
    case .claim: "claimed"
    case .reassign, .release, .undo, .qualify: "delivered"
    case .nurture, .nurtureInReview: "nurturing"
    case .outcome: "closed"
    case .reachedOut: "worked"
    case .disqualify: "disqualified"
    }
  }

  /// In the thread, and what the audit calls it.
  var line: String {
    switch self {
    case .claim: "Claimed by"
    case .reassign: "Reassigned to"
    case .nurture, .nurtureInReview: "Sent to nurture by"
    case .outcome: "Won, 12000, logged by"
    case .reachedOut: "has reached out"
    case .release: "Released by"
    case .undo: "took back"
    case .qualify: "Qualified by"
    case .disqualify: "Disqualified by"
    }
  }

  var action: String {
    switch self {
    case .claim: "claimed"
    case .reassign: "reassigned"
    case .nurture, .nurtureInReview: "nurtured"
    case .outcome: "outcome"
    case .reachedOut: "first_touch"
    case .release: "released"
    case .undo: "undone"
    case .qualify: "qualified"
    case .disqualify: "disqualified"
    }
  }

  /// What the CRM calls the lead's status afterwards.
  var leadStatus: String {
    switch self {
    case .claim, .reachedOut, .outcome: "IN_PROGRESS"
    case .reassign, .release, .undo, .qualify: "NEW"
    case .nurture, .nurtureInReview: "BAD_TIMING"
    case .disqualify: "UNQUALIFIED"
    }
  }

  /// A lead whose card offers it.
  func prepare(_ desk: Desk) async throws -> Dealt {
    let name = rawValue.lowercased()
    switch self {
    case .claim, .reassign, .nurture, .outcome: return try await desk.dealt(name)
    case .reachedOut, .release, .undo: return try await desk.claimed(name)
    case .qualify, .nurtureInReview, .disqualify: return try await desk.doubtful(name)
    }
  }

  /// Clicks, and fills in and sends off what opens.
  func perform(on dealt: Dealt, as handle: String) async throws {
    let outcome = try await dealt.card.press(label, as: handle)
    #expect(outcome.complaint == nil, "\(self)")
    guard opensWindow else { return }
    let name = self == .reassign ? dealt.desk.name(dealt.colleague) : nil
    let window = try await dealt.desk.window(of: handle, saying: name)
    let sent = try await window.submit(try values(window, dealt))
    #expect(sent.outcome.complaint == nil && sent.errors.isEmpty, "\(self): \(sent.errors)")
  }

  /// Something right to enter in its window.
  func values(_ window: Window, _ dealt: Dealt) throws -> JSON {
    switch self {
    case .reassign:
      Entry.all(Entry.member(try window.option("to_member", containing: dealt.desk.name(dealt.colleague))))
    case .nurture, .nurtureInReview: Entry.all(Entry.revisit(Entry.day(in: 20)))
    case .outcome: Entry.all(Entry.result(try window.option("result", containing: "Won")), Entry.amount("12.000"))
    default: Entry.all(Entry.reason("No fit"))
    }
  }
}
