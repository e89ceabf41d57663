import Foundation
import RevOps
import SlackAPI
import VendorAPI

/// What Baton does when somebody clicks, submits, types `/lead` or searches in a menu. The requests come here verified
/// and decoded.
///
/// What changes a lead is stored before it is answered; whether it is possible is decided when its turn comes. What only
/// reads is answered from the store.
public struct SlackHandlers: Sendable {
  /// The ports that the handlers work with.
  public struct Ports: Sendable {
    public var client: SlackClient
    public var directory: SlackDirectory
    public var inbox: any Inbox
    public var leads: any Leads
    public var policies: any PolicyArchive
    public var policy: @Sendable () -> Policy
    /// There is work in that partition.
    public var wake: @Sendable (Partition) -> Void
    public var now: @Sendable () -> Date
    /// What could not be told to a person, for the log.
    public var report: @Sendable (ServiceError) -> Void

    public init(
      client: SlackClient, directory: SlackDirectory, inbox: any Inbox, leads: any Leads,
      policies: any PolicyArchive, policy: @escaping @Sendable () -> Policy,
      wake: @escaping @Sendable (Partition) -> Void, now: @escaping @Sendable () -> Date,
      report: @escaping @Sendable (ServiceError) -> Void
    ) {
      self.client = client
      self.directory = directory
      self.inbox = inbox
      self.leads = leads
      self.policies = policies
      self.policy = policy
      self.wake = wake
      self.now = now
      self.report = report
    }
  }

  let ports: Ports
  /// How long a command may take before its answer follows by its `response_url`.
  let patience: Duration

  public init(_ ports: Ports, patience: Duration = .milliseconds(1_500)) {
    self.ports = ports
    self.patience = patience
  }

  public func interaction(_ interaction: Interaction) async -> DeskReply {
    guard await isOurs(team: interaction.context?.teamID, enterprise: interaction.context?.enterpriseID) else {
      return .empty
    }
    switch interaction {
    case .blockActions(let actions): return await click(actions)
    case .viewSubmission(let submission): return await submit(submission)
    case .blockSuggestion(let suggestion): return await suggest(suggestion)
    case .viewClosed, .shortcut, .messageAction, .unknown: return .empty
    }
  }

  /// What Baton knows of people and channels follows the workspace.
  public func event(_ callback: EventCallback) async {
    guard await isOurs(team: callback.teamID, enterprise: callback.enterpriseID) else { return }
    switch callback.event {
    case .userChange(let user): await ports.directory.forget(user)
    case .channelRename: await ports.directory.channels.forget()
    default: break
    }
  }

  /// A signed request of another workspace is none of ours. Before Slack has told which workspace the token is of, the
  /// signature alone decides.
  func isOurs(team: String?, enterprise: String?) async -> Bool {
    guard let identity = await ports.directory.knownIdentity() else { return true }
    if let team { return team == identity.teamID }
    guard let enterprise, let ours = identity.enterpriseID else { return true }
    return enterprise == ours
  }

  // MARK: Reading

  /// The lead as it stands; of one that joined another, that other.
  func lead(_ id: LeadID) async throws(StorageError) -> Lead? {
    guard let lead = try await ports.leads.lead(id) else { return nil }
    guard let other = lead.mergedInto else { return lead }
    return try await ports.leads.lead(other) ?? lead
  }

  /// The configuration that decided about the lead; nil: no longer kept.
  func decider(of lead: Lead) async throws(StorageError) -> Policy? {
    let current = ports.policy()
    guard let version = lead.decidingVersion, version != current.version else { return current }
    return try await ports.policies.policy(version: version)
  }
}
