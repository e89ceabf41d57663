import RevOps

/// What a delivery is known by: its sender's name for it, else its content.
struct DeliveryName: Equatable {
  /// Longest id that is taken, in bytes.
  static let longest = 256
  /// The contract promises 30 days; one more covers senders whose own clock of retries began later.
  static let namedFor = Duration.seconds(31 * 86_400)
  static let hashedFor = Duration.seconds(86_400)

  let key: String
  let bodyHash: String?
  let keepFor: Duration

  /// Header `webhook-id` or `Idempotency-Key`, else field `event_id`, else a hash of the body as canonical JSON. Names
  /// count within their credential: nobody can take another sender's.
  init(_ request: IncomingRequest, body: JSONValue, scope: String) throws(Problem) {
    let hash = Digest256.hex(body.canonical())
    var id = try Self.header(request)
    if id == nil { id = try Self.field(body) }
    guard let id else {
      key = "\(scope)/body/\(hash)"
      bodyHash = nil
      keepFor = Self.hashedFor
      return
    }
    key = "\(scope)/id/\(id)"
    bodyHash = hash
    keepFor = Self.namedFor
  }

  private static func header(_ request: IncomingRequest) throws(Problem) -> String? {
    for name in ["webhook-id", "idempotency-key"] where !request.values(name).isEmpty {
      guard let id = request.only(name), isUsable(id) else {
        throw Problem(
          400, "invalid_delivery_id", "The delivery id cannot be used",
          detail: "\(name) must be sent once, with 1 to \(longest) printable ASCII characters")
      }
      return id
    }
    return nil
  }

  private static func field(_ body: JSONValue) throws(Problem) -> String? {
    guard let value = body["event_id"], !value.isNull, value.string != "" else { return nil }
    let text: String? = if case .number(let digits) = value { digits } else { value.string }
    guard let text, text.utf8.count <= longest else {
      throw Problem(
        422, "invalid_fields", "Some fields cannot be used",
        fields: [
          .init(
            pointer: "/event_id", code: "wrong_type", message: "must be a text or a number of at most \(longest) bytes")
        ])
    }
    return text
  }

  private static func isUsable(_ id: String) -> Bool {
    (1...longest).contains(id.utf8.count) && id.utf8.allSatisfy { (0x20...0x7e).contains($0) }
  }
}
