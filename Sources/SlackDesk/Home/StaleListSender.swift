import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// Posts each channel's list of leads that were too old for cards, once, whichever instance is first.
public actor StaleListSender {
  /// How often the lists are looked at.
  private static let beat: Duration = .seconds(2)
  /// Nothing was added for so long: the list is whole.
  private static let quiet: TimeInterval = 10
  /// After so long whoever began a list is believed to be gone, and somebody else looks whether it was posted.
  private static let patience: TimeInterval = 60
  private static let searchedMessages = 100

  private let client: SlackClient
  private let directory: SlackDirectory
  private let leads: any Leads
  private let documents: any Documents
  private let policy: @Sendable () -> Policy
  private let now: @Sendable () -> Date
  private let report: @Sendable (ServiceError) -> Void

  public init(
    client: SlackClient, directory: SlackDirectory, leads: any Leads, documents: any Documents,
    policy: @escaping @Sendable () -> Policy, now: @escaping @Sendable () -> Date,
    report: @escaping @Sendable (ServiceError) -> Void
  ) {
    self.client = client
    self.directory = directory
    self.leads = leads
    self.documents = documents
    self.policy = policy
    self.now = now
    self.report = report
  }

  public func run() async {
    while !Task.isCancelled {
      await sendDue()
      // Cancelled, the condition ends the loop.
      try? await Task.sleep(for: Self.beat)
    }
  }

  func sendDue() async {
    for channel in StaleList.channels(policy()) where !Task.isCancelled {
      do {
        try await send(channel)
      } catch let error as StorageError {
        report(ServiceError(service: "storage", detail: error.detail, retry: .now))
      } catch let error as ServiceError {
        report(error)
      } catch {
        report(ServiceError(service: "slack", detail: "the list of old leads was interrupted", retry: .now))
      }
    }
  }

  private func send(_ channel: String) async throws {
    let document = StaleList.key(channel: channel)
    let found = try await documents.versioned(StaleList.self, document)
    guard let list = found.value, let begun = posting(of: list, document) else { return }
    var claimed = list
    claimed.posting = begun
    if list.posting == nil { claimed.leads = [] }
    guard try await documents.put([try .encoding(claimed, key: document, version: found.version)]) else { return }
    try await post(begun, in: channel, lookingFirst: list.posting != nil)
    try await documents.update(document, from: StaleList()) { $0.finish(begun.key) }
  }

  /// What is to be posted now; nil: nothing, or another is at it.
  private func posting(of list: StaleList, _ document: String) -> StaleList.Posting? {
    let now = now()
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
    for place in [channel, policy().playbook.notify.channel].uniqued() {
      do throws(ServiceError) {
        let id = try await directory.channels.id(of: place)
        if lookingFirst, try await isPosted(message, in: id) { return }
        let client = client
        _ = try await asking { () async throws(VendorError) in try await client.postMessage(message, to: id) }
        return
      } catch {
        last = error
        guard error.retry == .never else { break }
      }
    }
    if let last { throw last }
  }

  private func isPosted(_ message: Message, in channel: String) async throws(ServiceError) -> Bool {
    let client = client
    let page = try await asking { () async throws(VendorError) in
      try await client.history(of: channel, limit: Self.searchedMessages)
    }
    return page.items.contains { $0.metadata == message.metadata }
  }

  private func message(_ posting: StaleList.Posting) async throws(StorageError) -> Message {
    var told: [Lead] = []
    for id in posting.leads.sorted(by: { $0.ulid > $1.ulid }) {
      if let lead = try await leads.lead(id) { told.append(lead) }
    }
    let look = await LeadLook(at: told, directory: directory, policy: policy(), now: now())
    return StaleListMessage(leads: told, look: look).message(key: posting.key)
  }
}
