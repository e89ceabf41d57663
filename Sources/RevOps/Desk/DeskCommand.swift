import Foundation

/// A change that a person asked for, by button, modal or command. It is stored before it is answered and carried out in
/// the lead's own order; whether it is still possible is decided then.
public struct DeskCommand: Codable, Sendable, Equatable {
  public enum Action: Codable, Sendable, Equatable {
    case claim
    case release(reason: String?)
    case reassign(to: String, reason: String?)
    case nurture(reason: String?, revisitAt: Date?)
    case logOutcome(Outcome)
    case reachedOut
    case undo
    /// Triage.
    case qualify
    case disqualify(reason: String?)
    /// Parked work: go on from what failed.
    case retry
    /// More time before the lead goes to the next one or the manager is told.
    case snooze
    /// Nurture: look at it again. The clock asks for it, nobody else.
    case revisit
    /// Somebody has room again: look whether it can go to them. Whoever gave them room asks for it, nobody else.
    case handOver
    /// Somebody did something with its record in the CRM.
    case follow(CRMNews)
  }

  public var action: Action
  public var actor: Actor
  public var at: Date
  /// Where to answer the person privately; nil when nobody waits (admin API).
  public var reply: ReplyAddress?

  public init(action: Action, actor: Actor, at: Date, reply: ReplyAddress?) {
    self.action = action
    self.actor = actor
    self.at = at
    self.reply = reply
  }
}

/// Who acts. Slack gives a user id; the e-mail address is looked up when the command is carried out.
public enum Actor: Codable, Sendable, Equatable {
  case system
  case admin
  /// Whoever worked in the CRM: it does not say who.
  case crm
  /// `id` is the chat's own user id.
  case chatUser(id: String)
  case person(email: String)
}

/// Where a private answer goes. `responseURL` is a credential for 30 minutes: never logged.
public struct ReplyAddress: Codable, Sendable, Equatable {
  public var responseURL: String?
  public var channel: String?
  public var user: String
  public var thread: String?

  public init(responseURL: String?, channel: String?, user: String, thread: String? = nil) {
    self.responseURL = responseURL
    self.channel = channel
    self.user = user
    self.thread = thread
  }
}
