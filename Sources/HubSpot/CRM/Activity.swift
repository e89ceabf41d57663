import Foundation
import VendorAPI

/// A note or a task. HubSpot has no key for either, so each carries a marker by which a repeat finds it.
struct Activity: Sendable {
  var kind: ObjectKind
  var marker: String
  var properties: [String: String]
  /// The property that holds the marker.
  var bodyName: String
  /// Types of the links to contact and company (HubSpot's association reference).
  var contactLink: Int
  var companyLink: Int

  static func note(marker: String, text: String, at: Date) -> Activity {
    let body = PropertyText.html(PropertyText.cut(text)) + "<br><br>" + sign(marker)
    return Activity(
      kind: .notes, marker: marker, properties: ["hs_note_body": body, "hs_timestamp": timestamp(at)],
      bodyName: "hs_note_body", contactLink: 202, companyLink: 190)
  }

  static func task(marker: String, subject: String, due: Date) -> Activity {
    Activity(
      kind: .tasks, marker: marker,
      properties: [
        "hs_task_subject": PropertyText.clean(subject) ?? "", "hs_task_body": sign(marker),
        "hs_timestamp": timestamp(due), "hs_task_status": "NOT_STARTED", "hs_task_type": "TODO",
      ],
      bodyName: "hs_task_body", contactLink: 204, companyLink: 192)
  }

  func isIn(_ object: HubSpotObject) -> Bool {
    object.properties[bodyName]?.contains(PropertyText.html(Self.tag(marker))) == true
  }

  private static func sign(_ marker: String) -> String { "<small>\(PropertyText.html(tag(marker)))</small>" }
  private static func tag(_ marker: String) -> String { "[baton:\(marker)]" }

  private static func timestamp(_ date: Date) -> String {
    date.formatted(.iso8601)
  }
}
