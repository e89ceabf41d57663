import RevOps

/// What a stage (or a person's command) makes of a lead: the lead as it stands then, and all that must happen with it,
/// in one commit.
struct Transition: Sendable {
  var lead: Lead
  var effects: [Effect] = []
  var timers: [LeadTimer] = []
  var cancelledTimers: [String] = []
  var history: [HistoryEntry] = []
  var documents: [DocumentChange] = []

  init(_ lead: Lead) { self.lead = lead }
}
