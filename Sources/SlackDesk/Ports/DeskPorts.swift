import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// What everything that Baton shows in Slack beside the cards works with: answers, Home tabs, digests.
public struct DeskPorts: Sendable {
  public var client: SlackClient
  public var directory: SlackDirectory
  public var leads: any Leads
  public var documents: any Documents
  public var policy: @Sendable () -> Policy
  public var now: @Sendable () -> Date
  /// What could not be told to a person, for the log.
  public var report: @Sendable (ServiceError) -> Void

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

  func report(storage error: StorageError) {
    report(ServiceError(service: "storage", detail: error.detail, retry: .now))
  }

  /// Whether the message is among the channel's last hundred: who began to post it may have died before it said so.
  func isPosted(_ message: Message, in channel: String) async throws(VendorError) -> Bool {
    let page = try await client.history(of: channel, limit: 100)
    return page.items.contains { $0.metadata == message.metadata }
  }

  /// Names from memory: a list is not worth a call for each owner.
  func look(at leads: [Lead]) async -> LeadLook {
    await LeadLook(at: leads, directory: directory, policy: policy(), now: now())
  }
}

/// Does the step again and again, the beat between two of them, until it is cancelled.
func repeating(
  every beat: Duration, isolation: isolated (any _Concurrency.Actor)? = #isolation, _ step: () async -> Void
) async {
  while !Task.isCancelled {
    await step()
    // Cancelled, the condition ends the loop.
    try? await Task.sleep(for: beat)
  }
}
