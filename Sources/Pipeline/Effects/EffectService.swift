import RevOps

extension Effect {
  /// Which outside service an effect writes to; each has places of its own in the pipeline.
  enum Service: CaseIterable {
    case chat
    case crm
    case memory

    init(target: String) {
      switch target {
      case "crm", "notes", "list", "sequence": self = .crm
      case "memory": self = .memory
      default: self = .chat
      }
    }
  }
}
