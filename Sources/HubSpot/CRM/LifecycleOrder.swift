/// The order of lifecycle stages, which only ever move forward. The account's own order counts where it is known, since
/// it may hold stages of its own.
struct LifecycleOrder: Sendable {
  private let stages: [String]

  /// HubSpot's stages in the order in which a contact passes them.
  private static let standard = [
    "subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist",
  ]

  init(_ definition: PropertyDefinition?) {
    let own = definition?.options.map(\.value).filter { $0 != "other" } ?? []
    stages = own.isEmpty ? Self.standard : own
  }

  /// False as well where the present stage has no place in the order (`other`): whoever set it meant it.
  func isForward(from current: String?, to stage: String) -> Bool {
    guard let current else { return true }
    guard let here = stages.firstIndex(of: current), let there = stages.firstIndex(of: stage) else { return false }
    return here < there
  }
}
