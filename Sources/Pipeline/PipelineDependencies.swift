import Foundation
import Logging
import RevOps

/// What the pipeline is built from. Nothing here knows which service is behind a port.
public struct PipelineDependencies: Sendable {
  public var storage: any Storage
  /// The live configuration; it may change between two calls (reload).
  public var policy: @Sendable () -> Policy
  public var normalize: @Sendable (LeadPayload, Enrichment?, CRMFacts) -> LeadFacts
  /// In any order: the playbook says which is asked first.
  public var sources: [EnrichmentSource]
  /// Nil: not configured.
  public var crm: CRM?
  /// Nil: nothing that is done in the CRM is followed.
  public var records: CRMRecords?
  public var chat: Chat?
  /// Nil: not configured.
  public var language: LanguageModel?
  /// What became of past accounts.
  public var memory: PastAccounts
  public var mode: Mode
  /// Wall clock, for people, timers and due times.
  public var now: @Sendable () -> Date
  /// 0..<1, for jitter.
  public var random: @Sendable () -> Double
  public var logger: Logger
  /// Told of each lead as it was stored. A hint for whoever shows leads: the store is the truth.
  public var changed: @Sendable (Lead) -> Void
  /// How long a decision waits for the list of the CRM's active owners.
  var ownersPatience: Duration = .seconds(2)

  public enum Mode: String, Sendable {
    case live
    /// Everything is decided and recorded, nothing is written to a service.
    case shadow
  }

  /// - Parameter memory: nil: the store's own.
  public init(
    storage: any Storage, policy: @escaping @Sendable () -> Policy,
    normalize: @escaping @Sendable (LeadPayload, Enrichment?, CRMFacts) -> LeadFacts,
    sources: [EnrichmentSource], crm: CRM?, chat: Chat?, language: LanguageModel? = nil,
    memory: PastAccounts? = nil, mode: Mode = .live,
    now: @escaping @Sendable () -> Date = { Date() },
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }, logger: Logger,
    changed: @escaping @Sendable (Lead) -> Void = { _ in }
  ) {
    self.storage = storage
    self.policy = policy
    self.normalize = normalize
    self.sources = sources
    self.crm = crm
    self.chat = chat
    self.language = language
    self.memory = memory ?? PastAccounts(store: storage, logger: logger)
    self.mode = mode
    self.now = now
    self.random = random
    self.logger = logger
    self.changed = changed
  }

  /// Who owns records in the CRM. Nil: not known, or not said within `ownersPatience`: nobody waits longer for a list
  /// that only narrows a choice.
  func activeOwners() async -> Set<String>? {
    guard let crm else { return nil }
    return await within(ownersPatience) { await crm.activeOwners() } ?? nil
  }
}
