import Foundation

/// A service did not do what was asked, in the one question a worker has: again, later, never?
public struct ServiceError: Error, Sendable, Equatable {
  public enum Retry: Sendable, Equatable {
    case now
    case later(Duration)
    case never
  }

  public var service: String
  /// The service's own code where it has one; safe to log.
  public var code: String?
  /// For a person: no secret, no personal data.
  public var detail: String
  public var retry: Retry
  /// It may have happened all the same.
  public var outcomeUnknown: Bool

  public init(
    service: String, code: String? = nil, detail: String, retry: Retry, outcomeUnknown: Bool = false
  ) {
    self.service = service
    self.code = code
    self.detail = detail
    self.retry = retry
    self.outcomeUnknown = outcomeUnknown
  }
}

/// One source of facts on people and companies. Each answer is paid for.
public struct EnrichmentSource: Sendable {
  public var source: Source
  /// How many look-ups one lead is worth.
  public var lookUpsPerLead: Int
  /// The person with that address, and the company that the source takes for their employer; nil: it knows neither.
  public var person: @Sendable (_ email: String) async throws(ServiceError) -> SourceAnswer?
  /// The company with that registrable domain; nil: it knows none.
  public var company: @Sendable (_ domain: String) async throws(ServiceError) -> SourceAnswer?

  public init(
    source: Source, lookUpsPerLead: Int,
    person: @escaping @Sendable (_ email: String) async throws(ServiceError) -> SourceAnswer?,
    company: @escaping @Sendable (_ domain: String) async throws(ServiceError) -> SourceAnswer?
  ) {
    self.source = source
    self.lookUpsPerLead = lookUpsPerLead
    self.person = person
    self.company = company
  }
}

/// One step of the CRM write-back; in this order.
public enum CRMStep: String, Codable, Sendable, CaseIterable {
  case contact
  case company
  case association
  case owner
  case status
}

/// The CRM as Baton uses it.
public struct CRM: Sendable {
  public struct Query: Sendable, Equatable {
    public var email: String
    /// Registrable, nil for free mail without a website.
    public var domain: String?
    public var company: String?

    public init(email: String, domain: String?, company: String?) {
      self.email = email
      self.domain = domain
      self.company = company
    }
  }

  /// What the write-back should make true, from the lead as it stands.
  public struct Write: Sendable, Equatable {
    public var leadID: LeadID
    public var facts: LeadFacts
    public var score: ExactDecimal?
    public var routeReason: String?
    /// Folded e-mail address of the owner to write; nil: leave the owner as it is.
    public var owner: String?
    /// Whether a rule or a click named this owner, so that an existing contact's owner is replaced.
    public var replacesOwner: Bool
    /// `hs_lead_status` and lifecycle stage to reach; nil: leave. Lifecycle never goes backwards.
    public var leadStatus: String?
    public var lifecycle: String?
    /// When owner and status were decided: what a person changed in the CRM since is newer. Nil: it is not known.
    public var decidedAt: Date?

    /// What `CRMRecord.statusWritten` remembers of it.
    public var statusWord: String { "\(leadStatus ?? "")/\(lifecycle ?? "")" }

    public init(
      leadID: LeadID, facts: LeadFacts, score: ExactDecimal?, routeReason: String?, owner: String?,
      replacesOwner: Bool, leadStatus: String?, lifecycle: String?, decidedAt: Date? = nil
    ) {
      self.leadID = leadID
      self.facts = facts
      self.score = score
      self.routeReason = routeReason
      self.owner = owner
      self.replacesOwner = replacesOwner
      self.leadStatus = leadStatus
      self.lifecycle = lifecycle
      self.decidedAt = decidedAt
    }
  }

  public var lookUp: @Sendable (Query) async throws(ServiceError) -> CRMFacts
  /// Does one step, repeatable after any interruption, and gives the record with what it learned.
  public var perform: @Sendable (CRMStep, Write, CRMRecord) async throws(ServiceError) -> CRMRecord
  /// Adds the note with `marker` to the contact (and company), looking for it first when `lookFirst`. Gives its id.
  public var addNote:
    @Sendable (_ marker: String, _ text: String, _ record: CRMRecord, _ at: Date, _ lookFirst: Bool)
      async throws(ServiceError) -> String
  public var addTask:
    @Sendable (
      _ marker: String, _ subject: String, _ due: Date, _ owner: String?, _ record: CRMRecord, _ lookFirst: Bool
    ) async throws(ServiceError) -> String
  public var addToList: @Sendable (_ list: String, _ record: CRMRecord) async throws(ServiceError) -> Void
  /// Puts the contact into a sequence of mails in that owner's name, unless it is in one already.
  public var enroll:
    @Sendable (_ sequence: String, _ owner: String?, _ record: CRMRecord) async throws(ServiceError) -> Void = {
      _, _, _ throws(ServiceError) in
      throw ServiceError(service: "crm", code: "no_sequences", detail: "it has no sequences", retry: .never)
    }
  /// The e-mail addresses (folded) by which the configuration knows the active owners; nil: could not be told.
  public var activeOwners: @Sendable () async -> Set<String>?
  /// The record's page for people; nil without a portal id.
  public var recordURL: @Sendable (_ contactID: String) -> String?

  public init(
    lookUp: @escaping @Sendable (Query) async throws(ServiceError) -> CRMFacts,
    perform: @escaping @Sendable (CRMStep, Write, CRMRecord) async throws(ServiceError) -> CRMRecord,
    addNote: @escaping @Sendable (String, String, CRMRecord, Date, Bool) async throws(ServiceError) -> String,
    addTask:
      @escaping @Sendable (String, String, Date, String?, CRMRecord, Bool) async throws(ServiceError)
      -> String,
    addToList: @escaping @Sendable (String, CRMRecord) async throws(ServiceError) -> Void,
    activeOwners: @escaping @Sendable () async -> Set<String>?,
    recordURL: @escaping @Sendable (String) -> String?
  ) {
    self.lookUp = lookUp
    self.perform = perform
    self.addNote = addNote
    self.addTask = addTask
    self.addToList = addToList
    self.activeOwners = activeOwners
    self.recordURL = recordURL
  }
}

/// A member of the chat workspace.
public struct ChatPerson: Sendable, Equatable, Codable {
  public var id: String
  /// Folded; nil for people without one (bots, guests that hide it).
  public var email: String?
  public var name: String
  /// A full member: not a guest, not of another workspace, not a bot, not deactivated.
  public var isFullMember: Bool
  public var isDeactivated: Bool
  /// IANA name.
  public var timezone: String?

  public init(
    id: String, email: String?, name: String, isFullMember: Bool, isDeactivated: Bool, timezone: String?
  ) {
    self.id = id
    self.email = email
    self.name = name
    self.isFullMember = isFullMember
    self.isDeactivated = isDeactivated
    self.timezone = timezone
  }
}

/// What a card is drawn from: the lead as it stands and what surrounds it.
public struct CardContext: Sendable {
  public var lead: Lead
  public var policy: Policy
  public var now: Date
  /// The record's page in the CRM.
  public var crmURL: String?

  public init(lead: Lead, policy: Policy, now: Date, crmURL: String?) {
    self.lead = lead
    self.policy = policy
    self.now = now
    self.crmURL = crmURL
  }
}

/// A card as it could be posted.
public struct PostedCard: Sendable, Equatable {
  public var message: PostedMessage
  /// Why it is smaller than meant: the service's word for what it would not take. Nil: it is whole.
  public var reduced: String?

  public init(_ message: PostedMessage, reduced: String? = nil) {
    self.message = message
    self.reduced = reduced
  }
}

/// Where people work: Slack.
public struct Chat: Sendable {
  /// Posts the lead's card in `channel` (a name or id) and mentions the owner when `mention`.
  public var postCard:
    @Sendable (_ card: CardContext, _ channel: String, _ mention: Bool) async throws(ServiceError) -> PostedCard
  /// Draws the card anew in place. Gives why it had to be drawn smaller than meant; nil: it was not.
  public var updateCard: @Sendable (_ card: CardContext, _ message: PostedMessage) async throws(ServiceError) -> String?
  /// Turns a card that is no longer live into one line naming where the lead is now.
  public var retireCard: @Sendable (_ card: CardContext, _ message: PostedMessage) async throws(ServiceError) -> Void
  /// The lead's card in that channel, found by its metadata among messages since `since`; nil: it is not there.
  public var findCard:
    @Sendable (_ lead: LeadID, _ channel: String, _ since: Date) async throws(ServiceError) -> PostedMessage?
  /// A line in the card's thread; `key` is put into its metadata. `mention`: an owner's e-mail address.
  public var postLine:
    @Sendable (_ text: String, _ mention: String?, _ under: PostedMessage, _ key: String)
      async throws(ServiceError) -> PostedMessage
  public var findLine:
    @Sendable (_ key: String, _ under: PostedMessage, _ since: Date) async throws(ServiceError) -> PostedMessage?
  /// A line in the card's thread that asks the clock's owner to act, with the buttons for it; `findLine` finds it.
  public var remind:
    @Sendable (_ text: String, _ clock: DeskClock, _ lead: Lead, _ key: String)
      async throws(ServiceError) -> PostedMessage
  /// A line about the lead for a person or a channel; `key` is put into its metadata.
  public var notify:
    @Sendable (_ notice: Notice, _ lead: Lead, _ key: String) async throws(ServiceError) -> PostedMessage
  public var findNotice:
    @Sendable (_ key: String, _ to: Notice.Place, _ since: Date) async throws(ServiceError) -> PostedMessage?
  /// Seen by one person only.
  public var answer: @Sendable (_ text: String, _ to: ReplyAddress) async throws(ServiceError) -> Void
  /// A message to the person with that e-mail address.
  public var direct:
    @Sendable (_ text: String, _ email: String, _ key: String) async throws(ServiceError) -> PostedMessage
  public var person: @Sendable (_ userID: String) async throws(ServiceError) -> ChatPerson
  /// Nil: nobody in the workspace has that address, or they are deactivated.
  public var personByEmail: @Sendable (_ email: String) async throws(ServiceError) -> ChatPerson?

  public init(
    postCard: @escaping @Sendable (CardContext, String, Bool) async throws(ServiceError) -> PostedCard,
    updateCard: @escaping @Sendable (CardContext, PostedMessage) async throws(ServiceError) -> String?,
    retireCard: @escaping @Sendable (CardContext, PostedMessage) async throws(ServiceError) -> Void,
    findCard: @escaping @Sendable (LeadID, String, Date) async throws(ServiceError) -> PostedMessage?,
    postLine:
      @escaping @Sendable (String, String?, PostedMessage, String) async throws(ServiceError)
      -> PostedMessage,
    findLine: @escaping @Sendable (String, PostedMessage, Date) async throws(ServiceError) -> PostedMessage?,
    remind: @escaping @Sendable (String, DeskClock, Lead, String) async throws(ServiceError) -> PostedMessage,
    notify: @escaping @Sendable (Notice, Lead, String) async throws(ServiceError) -> PostedMessage,
    findNotice: @escaping @Sendable (String, Notice.Place, Date) async throws(ServiceError) -> PostedMessage?,
    answer: @escaping @Sendable (String, ReplyAddress) async throws(ServiceError) -> Void,
    direct: @escaping @Sendable (String, String, String) async throws(ServiceError) -> PostedMessage,
    person: @escaping @Sendable (String) async throws(ServiceError) -> ChatPerson,
    personByEmail: @escaping @Sendable (String) async throws(ServiceError) -> ChatPerson?
  ) {
    self.postCard = postCard
    self.updateCard = updateCard
    self.retireCard = retireCard
    self.findCard = findCard
    self.postLine = postLine
    self.findLine = findLine
    self.remind = remind
    self.notify = notify
    self.findNotice = findNotice
    self.answer = answer
    self.direct = direct
    self.person = person
    self.personByEmail = personByEmail
  }
}
