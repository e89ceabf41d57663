import SlackAPI

/// The names of what can be used on the Home tab beside a lead's own buttons. They keep their meaning for ever.
enum HomeAction {
  /// Whose availability is meant is the value.
  static let away: ActionID = "rep.away.v1"
  static let back: ActionID = "rep.back.v1"
  static let capacity: ActionID = "rep.capacity.v1"
  static let find: ActionID = "leads.find.v1"
}
