import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// The ids of channels by their names. Calls go by id: names change, and some methods take ids only.
actor ChannelBook {
  /// How often a name that is not known makes Baton ask for the list again, in seconds.
  static let refreshEvery: TimeInterval = 60

  private let client: SlackClient
  private let now: @Sendable () -> Date
  private var ids: [String: String] = [:]
  private var asked = Date.distantPast
  private var asking: Task<Result<[SlackChannel], ServiceError>, Never>?

  init(client: SlackClient, now: @escaping @Sendable () -> Date) {
    self.client = client
    self.now = now
  }

  /// The id of `#Leads`, `leads` or `C0123`. A name that the workspace doesn't have, or hides from the bot, is refused
  /// as `channel_not_found`.
  func id(of channel: String) async throws(ServiceError) -> String {
    if Self.isID(channel) { return channel }
    let name = Self.folded(channel)
    if let id = ids[name] { return id }
    if asking != nil || now().timeIntervalSince(asked) >= Self.refreshEvery { try await refresh() }
    guard let id = ids[name] else {
      throw .slack("channel_not_found", "there is no channel of that name that the bot can see")
    }
    return id
  }

  /// A channel was renamed, archived or made.
  func forget() {
    ids = [:]
    asked = .distantPast
  }

  private func refresh() async throws(ServiceError) {
    let running = asking ?? start()
    let channels = try await running.value.get()
    asked = now()
    ids = Dictionary(
      channels.filter { !$0.isArchived }.compactMap { channel in
        channel.name.map { (Self.folded($0), channel.id) }
      }, uniquingKeysWith: { first, _ in first })
  }

  private func start() -> Task<Result<[SlackChannel], ServiceError>, Never> {
    let client = client
    let task = Task { () async -> Result<[SlackChannel], ServiceError> in
      let answer: Result<[SlackChannel], ServiceError>
      do throws(VendorError) { answer = .success(try await client.channels()) } catch {
        answer = .failure(ServiceError(error))
      }
      self.asking = nil
      return answer
    }
    asking = task
    return task
  }

  private static func folded(_ name: String) -> String {
    (name.hasPrefix("#") ? String(name.dropFirst()) : name).lowercased()
  }

  /// Names are in lower case, ids (channel, private channel, DM) in capitals and digits.
  private static func isID(_ text: String) -> Bool {
    guard text.utf8.count > 2, let first = text.first, "CGD".contains(first) else { return false }
    return text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
  }
}
