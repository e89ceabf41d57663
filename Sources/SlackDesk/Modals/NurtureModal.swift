import Foundation
import RevOps
import SlackAPI

/// Puts a lead aside until a day.
enum NurtureModal {
  static let revisit: BlockID = "revisit"
  static let revisitAction: ActionID = "date"
  /// Further than this nobody plans: a slip of the finger.
  private static let furthest: TimeInterval = 3 * 366 * 86_400

  static func view(_ lead: Lead, policy: Policy, now: Date, subject: ModalSubject) -> View {
    let due = now.addingTimeInterval(TimeInterval(policy.playbook.nurture.revisitAfter))
    let picker = DatePicker(revisitAction, initial: String(due.formatted(.iso8601).prefix(10)))
    let input = Block.Input(revisit, label: "Look again on", element: .datePicker(picker))
    return DeskModal.nurture.view(
      "Send to nurture", submit: "Send", blocks: [.input(input), ReasonInput.input()], about: lead, subject)
  }

  /// - Parameter zone: the person's own, nil if unknown: their morning is when the lead comes back.
  static func action(_ state: ViewState, zone: TimeZone?, now: Date) throws(FormErrors) -> DeskCommand.Action {
    guard let day = state.date(revisit, revisitAction) else { throw FormErrors(revisit, "Choose a day.") }
    guard let moment = morning(of: day, in: zone ?? .gmt) else { throw FormErrors(revisit, "That is no day.") }
    guard moment > now else { throw FormErrors(revisit, "Choose a day after today.") }
    guard moment.timeIntervalSince(now) < furthest else { throw FormErrors(revisit, "That is too far away.") }
    return .nurture(reason: ReasonInput.reason(state), revisitAt: moment)
  }

  /// Nine o'clock on `2026-12-24`.
  private static func morning(of day: String, in zone: TimeZone) -> Date? {
    let parts = day.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let date = parts[2] else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let components = DateComponents(year: year, month: month, day: date, hour: 9)
    guard components.isValidDate(in: calendar) else { return nil }
    return calendar.date(from: components)
  }
}
