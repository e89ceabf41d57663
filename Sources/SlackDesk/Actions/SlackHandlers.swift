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
  /// The ports that the handlers work with: those of the desk, and more.
  @dynamicMemberLookup
  public struct Ports: Sendable {
    public var desk: DeskPorts
    public var inbox: any Inbox
    public var policies: any PolicyArchive
    /// Nil: not configured.
    public var crm: CRM?
    public var names: NameIndex
    public var home: HomePublisher
    /// There is work in that partition.
    public var wake: @Sendable (Partition) -> Void
    /// Slack took the token away: nothing works until somebody installs the app again.
    public var revoked: @Sendable () async -> Void

    public init(
      _ desk: DeskPorts, inbox: any Inbox, policies: any PolicyArchive, crm: CRM?, names: NameIndex,
      home: HomePublisher, wake: @escaping @Sendable (Partition) -> Void,
      revoked: @escaping @Sendable () async -> Void = {}
    ) {
      self.desk = desk
      self.inbox = inbox
      self.policies = policies
      self.crm = crm
      self.names = names
      self.home = home
      self.wake = wake
      self.revoked = revoked
    }

    public subscript<Value>(dynamicMember path: KeyPath<DeskPorts, Value>) -> Value { desk[keyPath: path] }
  }

  let ports: Ports
  /// How long a command may take before its answer follows by its `response_url`.
  let patience: Duration
  /// How long a sent form waits for Slack to say who sent it: Slack closes a window that has waited for three seconds.
  let formPatience: Duration
  let seen = SeenEvents()

  public init(
    _ ports: Ports, patience: Duration = .milliseconds(800), formPatience: Duration = .milliseconds(1_500)
  ) {
    self.ports = ports
    self.patience = patience
    self.formPatience = formPatience
  }

  public func interaction(_ interaction: Interaction) async -> DeskReply {
    guard await isOurs(team: interaction.context?.teamID, enterprise: interaction.context?.enterpriseID) else {
      return .empty
    }
    switch interaction {
    case .blockActions(let actions): return await click(actions)
    case .viewSubmission(let submission): return await submit(submission)
    case .blockSuggestion(let suggestion): return await suggest(suggestion)
    case .shortcut(let shortcut): return self.shortcut(shortcut)
    case .messageAction(let shortcut): return self.shortcut(shortcut)
    // Nothing is kept for a window that was closed, and what later Slacks send is acknowledged all the same.
    case .viewClosed, .unknown: return .empty
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
