/// One thing that was looked at, and what is to be done about it.
public struct Finding: Sendable, Equatable, Encodable {
  public enum State: String, Sendable, Encodable, CaseIterable {
    case ok
    /// Not configured, which is a choice.
    case off
    /// It works, and somebody should know of it.
    case warning
    /// Something that the configuration asks for will not happen.
    case failing
  }

  /// Whose it is: `baton`, `store`, or a service as `/ready` calls it.
  public var service: String
  /// What was looked at, in one word of a fixed set: programs may go by it.
  public var check: String
  public var state: State
  /// For the admin. May name people of the configuration; never a secret.
  public var detail: String
  /// The next step; nil: there is nothing to do.
  public var remedy: String?

  public init(_ service: String, _ check: String, _ state: State, _ detail: String, remedy: String? = nil) {
    self.service = service
    self.check = check
    self.state = state
    self.detail = detail
    self.remedy = remedy
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(service, forKey: .service)
    try container.encode(check, forKey: .check)
    try container.encode(state, forKey: .state)
    try container.encode(detail, forKey: .detail)
    // Written where it is null too: every finding has the same keys.
    try container.encode(remedy, forKey: .remedy)
  }

  private enum CodingKeys: String, CodingKey { case service, check, state, detail, remedy }
}
