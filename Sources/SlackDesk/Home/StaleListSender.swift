import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// Posts each channel's list of leads that were too old for cards, once, whichever instance is first.
public struct StaleListSender: Sendable {
  /// How often the lists are looked at.
  private static let beat: Duration = .seconds(2)
  /// Nothing was added for so long: the list is whole.
  private static let quiet: TimeInterval = 10
  /// After so long whoever began a list is believed to be gone, and somebody else looks whether it was posted.
  private static let patience: TimeInterval = 60

  private let ports: DeskPorts

  public init(_ ports: DeskPorts) { self.ports = ports }

  public func run() async { await repeating(every: Self.beat) { await sendDue() } }

  func sendDue() async {
    for channel in StaleList.channels(ports.policy()) where !Task.isCancelled {
      do {
        try await send(channel)
      } catch let error as StorageError {
        ports.report(storage: error)
      } catch let error as ServiceError {
        ports.report(error)
      } catch {
        ports.report(ServiceError(service: "slack", detail: "the list of old leads was interrupted", retry: .now))
      }
    }
  }

  private func send(_ channel: String) async throws {
    let document = StaleList.key(channel: channel)
    let found = try await ports.documents.versioned(StaleList.self, document)
    guard let list = found.value, let begun = posting(of: list, document) else { return }
    var claimed = list
    claimed.posting = begun
    if list.posting == nil { claimed.leads = [] }
    guard try await ports.documents.put([try .encoding(claimed, key: document, version: found.version)]) else { return }
    try await post(begun, in: channel, lookingFirst: list.posting != nil)
    try await ports.documents.update(document, from: StaleList()) { $0.finish(begun.key) }
  }

  /// What is to be posted now; nil: nothing, or another is at it.
  private func posting(of list: StaleList, _ document: String) -> StaleList.Posting? {
    let now = ports.now()
    if var begun = list.posting {
      guard now.timeIntervalSince(begun.begunAt) >= Self.patience else { return nil }
      begun.begunAt = now
      return begun
    }
    guard let first = list.leads.first, let changed = list.changedAt, now.timeIntervalSince(changed) >= Self.quiet
    else { return nil }
    return StaleList.Posting(key: "\(document)/\(first)", leads: list.leads, begunAt: now)
  }

  /// Where the team's channel can't be written to, the general one is.
  private func post(_ posting: StaleList.Posting, in channel: String, lookingFirst: Bool) async throws {
    let message = try await message(posting)
    var last: (any Error)?
    for place in [channel, ports.policy().playbook.notify.channel].uniqued() {
      do throws(ServiceError) {
        let id = try await ports.directory.channels.id(of: place)
        try await asking { () async throws(VendorError) in
          if lookingFirst, try await ports.isPosted(message, in: id) { return }
          _ = try await ports.client.postMessage(message, to: id)
        }
        return
      } catch {
        last = error
        guard error.retry == .never else { break }
      }
    }
    if let last { throw last }
  }

  private func message(_ posting: StaleList.Posting) async throws(StorageError) -> Message {
    var told: [Lead] = []
    for id in posting.leads.sorted(by: { $0.ulid > $1.ulid }) {
      if let lead = try await ports.leads.lead(id) { told.append(lead) }
    }
    return StaleListMessage(leads: told, look: await ports.look(at: told)).message(key: posting.key)
  }
}
