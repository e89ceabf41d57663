import Foundation

/// A write to a service that was decided and has to happen, once.
public struct Effect: Codable, Sendable, Equatable {
  /// What it is: lead, kind, target, decision. The same key again is the same effect.
  public var key: String
  public var leadID: LeadID
  public var body: Body
  /// Effects of one lead on one target run one after another, in the order of `sequence`.
  public var target: String
  /// The lead's version that decided it.
  public var sequence: Int
  /// Keys of effects of the same lead that must be finished first.
  public var waitsFor: [String]
  public var createdAt: Date

  public init(
    key: String, leadID: LeadID, body: Body, target: String, sequence: Int, waitsFor: [String] = [],
    createdAt: Date
  ) {
    self.key = key
    self.leadID = leadID
    self.body = body
    self.target = target
    self.sequence = sequence
    self.waitsFor = waitsFor
    self.createdAt = createdAt
  }

  public enum Body: Codable, Sendable, Equatable {
    /// Make the live card show the lead as it is now: posts it, or edits it in place.
    case card
    /// A card that is no longer the live one becomes a single line that says where the lead went.
    case retireCard(PostedMessage)
    /// One compact line in the card's thread; `mention` is an owner's e-mail address.
    case threadLine(text: String, mention: String?)
    /// A private answer to the person who acted.
    case answer(ReplyAddress, text: String)
    /// A message to one person (e-mail address).
    case direct(to: String, text: String)
    /// A line in the card's thread that asks whose clock it is to act, with buttons. Skipped once the clock is another.
    case reminder(text: String, clock: DeskClock)
    /// A word about the lead outside its card's thread.
    case notice(Notice)
    /// Contact, company, association, owner and status in the CRM as the lead stands now.
    case crmRecord
    /// `marker` finds it again.
    case crmNote(marker: String, text: String)
    case crmTask(marker: String, subject: String, due: Date)
    case crmList
    /// Mails in the owner's name; refused, there is this task instead.
    case crmSequence(sequence: String, marker: String, subject: String, due: Date)
    /// Write the account and what became of it into memory.
    case remember(outcome: String, reason: String?)
  }
}

/// One line about a lead for somebody who need not be looking at its card.
public struct Notice: Codable, Sendable, Equatable {
  public enum Place: Codable, Sendable, Equatable {
    /// An e-mail address.
    case person(String)
    case channel(String)
  }

  public var to: Place
  public var text: String
  /// Whether it ends with a link to the card.
  public var linksCard: Bool
  /// Only worth saying while this person has the lead.
  public var whileOwner: String?
  /// Only worth saying while this clock runs.
  public var whileClock: DeskClock?

  public init(
    to: Place, text: String, linksCard: Bool = true, whileOwner: String? = nil, whileClock: DeskClock? = nil
  ) {
    self.to = to
    self.text = text
    self.linksCard = linksCard
    self.whileOwner = whileOwner
    self.whileClock = whileClock
  }

  /// Whether it is still so.
  public func holds(for lead: Lead) -> Bool {
    if let whileOwner, lead.desk.owner != whileOwner { return false }
    return whileClock.map { lead.runs($0) } ?? true
  }
}

public struct PendingEffect: Sendable, Equatable {
  public var effect: Effect
  /// Times it was begun.
  public var attempts: Int
  /// Not to be begun before.
  public var notBefore: Date
  /// Begun and neither finished nor put off: it may have happened.
  public var wasRunning: Bool
  /// A begun attempt may have reached the service.
  public var outcomeUnknown: Bool
  public var deathsAlone: Int
  public var lastError: String?

  public init(
    effect: Effect, attempts: Int, notBefore: Date, wasRunning: Bool, outcomeUnknown: Bool, deathsAlone: Int,
    lastError: String?
  ) {
    self.effect = effect
    self.attempts = attempts
    self.notBefore = notBefore
    self.wasRunning = wasRunning
    self.outcomeUnknown = outcomeUnknown
    self.deathsAlone = deathsAlone
    self.lastError = lastError
  }
}

public struct EffectCompletion: Sendable, Equatable {
  public enum Result: String, Codable, Sendable {
    case done
    /// A newer edit of the same target took its place.
    case superseded
    /// Decided in shadow mode: final.
    case suppressed
    /// The service refused for good: a dead letter until somebody sends it on again.
    case refused
  }

  public var key: String
  public var result: Result
  public var reason: String?

  public init(key: String, result: Result, reason: String? = nil) {
    self.key = key
    self.result = result
    self.reason = reason
  }
}

/// Parked work: a refused effect, or a lead whose processing kept dying.
public struct DeadLetter: Codable, Sendable, Equatable {
  public var leadID: LeadID
  /// Nil: the lead itself is parked.
  public var effectKey: String?
  public var reason: String
  public var at: Date

  public init(leadID: LeadID, effectKey: String?, reason: String, at: Date) {
    self.leadID = leadID
    self.effectKey = effectKey
    self.reason = reason
    self.at = at
  }
}

/// Effects enter and leave by commits; here they are found and their attempts kept.
public protocol Outbox: Sendable {
  /// Unfinished effects of one lead, by sequence and key.
  func pendingEffects(of lead: LeadID) async throws(StorageError) -> [PendingEffect]
  /// Leads of a partition with an unfinished effect whose `notBefore` has come, most overdue first.
  func leadsWithDueEffects(in partition: Partition, now: Date, limit: Int) async throws(StorageError) -> [LeadID]
  /// When the first unfinished effect of the partition that is due after `now` is due; nil: none.
  func nextEffectDue(in partition: Partition, after now: Date) async throws(StorageError) -> Date?
  /// Counts an attempt before the call: marked running and, until told otherwise, of unknown outcome.
  func begin(effect key: String, lead: LeadID, alone: Bool, lease: Lease) async throws(StorageError)
  /// The attempt ended without success: try again at `notBefore`. `outcomeUnknown` only ever grows within one effect,
  /// unless `looked` says that a look-up proved it did not happen.
  func putOff(
    effect key: String, lead: LeadID, until notBefore: Date, outcomeUnknown: Bool, error: String, lease: Lease
  ) async throws(StorageError)
  /// Makes refused and waiting effects of the lead due at once. Returns how many.
  func revive(lead: LeadID, now: Date, lease: Lease) async throws(StorageError) -> Int
  /// Newest first.
  func deadLetters(cursor: String?, limit: Int) async throws(StorageError) -> (letters: [DeadLetter], next: String?)
  /// How many effects are unfinished, and when the oldest was created.
  func backlog() async throws(StorageError) -> (count: Int, oldest: Date?)
}
