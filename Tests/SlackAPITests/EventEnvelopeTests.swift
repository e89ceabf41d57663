import Foundation
import SlackAPI
import Testing

@Suite struct EventEnvelopeTests {
  private func envelope(_ text: String) throws -> EventEnvelope { try EventEnvelope(body: Data(text.utf8)) }

  private func event(_ event: String) throws -> SlackEvent? {
    let text = """
      {"token":"x","team_id":"T1","api_app_id":"A1","event":\(event),"type":"event_callback","event_id":"Ev1",
      "event_time":1700000000,"authorizations":[{"team_id":"T1","user_id":"U9","is_bot":true}],
      "is_ext_shared_channel":false}
      """
    guard case .eventCallback(let callback) = try envelope(text) else { return nil }
    #expect(callback.eventID == "Ev1")
    #expect(callback.teamID == "T1")
    #expect(callback.apiAppID == "A1")
    #expect(callback.eventTime == 1_700_000_000)
    return callback.event
  }

  @Test func `the URL check gives its challenge`() throws {
    #expect(
      try envelope(#"{"token":"x","challenge":"3eZbrw1a","type":"url_verification"}"#)
        == .urlVerification(challenge: "3eZbrw1a"))
  }

  @Test func `a rate limit has no inner event`() throws {
    #expect(
      try envelope(#"{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820,"api_app_id":"A1"}"#)
        == .appRateLimited(teamID: "T1", minute: 1_518_467_820))
  }

  @Test func `the Home tab tells which tab was opened, with or without a view`() throws {
    guard
      case .appHomeOpened(let opened) = try event(
        #"{"type":"app_home_opened","user":"U1","channel":"D1","tab":"home","event_ts":"1.1","view":{"id":"V1","hash":"h"}}"#
      )
    else {
      Issue.record("no app_home_opened")
      return
    }
    #expect(opened.userID == "U1")
    #expect(opened.tab == "home")
    #expect(opened.view?.hash == "h")
    guard case .appHomeOpened(let bare) = try event(#"{"type":"app_home_opened","user":"U1","tab":"messages"}"#) else {
      Issue.record("no app_home_opened")
      return
    }
    #expect(bare.tab == "messages")
    #expect(bare.view == nil)
  }

  @Test func `an app's lead is read from its attachments`() throws {
    guard
      case .message(let message) = try event(
        #"{"type":"message","subtype":"bot_message","bot_id":"B7","channel":"C1","ts":"1.2","text":"","#
          + #""attachments":[{"fallback":"New lead <mailto:a@b.example|a@b.example>","text":"R&amp;D"}]}"#)
    else {
      Issue.record("no message")
      return
    }
    #expect(message.message.subtype == "bot_message")
    #expect(message.message.attachments.first?.fallback == "New lead <mailto:a@b.example|a@b.example>")
    #expect(!message.isOwn(botID: "B1", userID: "U9"))
  }

  @Test func `own messages are known at the top and inside an edit`() throws {
    let own = [
      #"{"type":"message","bot_id":"B1","channel":"C1","ts":"1.2"}"#,
      #"{"type":"message","user":"U9","channel":"C1","ts":"1.2"}"#,
      #"{"type":"message","subtype":"message_changed","hidden":true,"channel":"C1","message":{"bot_id":"B1","ts":"1"}}"#,
      #"{"type":"message","subtype":"message_deleted","deleted_ts":"1","previous_message":{"user":"U9","ts":"1"}}"#,
    ]
    for text in own {
      guard case .message(let message) = try event(text) else {
        Issue.record("no message")
        return
      }
      #expect(message.isOwn(botID: "B1", userID: "U9"))
      #expect(!message.isOwn(botID: nil, userID: nil))
    }
  }

  @Test(arguments: [
    (
      #"{"type":"member_left_channel","user":"U1","channel":"C1"}"#,
      SlackEvent.memberLeftChannel(userID: "U1", channelID: "C1")
    ),
    (
      #"{"type":"member_joined_channel","user":"U1","channel":"C1"}"#,
      .memberJoinedChannel(userID: "U1", channelID: "C1")
    ),
    (#"{"type":"channel_archive","channel":"C1"}"#, .channelArchive(channelID: "C1")),
    (#"{"type":"group_archive","channel":"G1"}"#, .channelArchive(channelID: "G1")),
    (#"{"type":"channel_unarchive","channel":"C1"}"#, .channelUnarchive(channelID: "C1")),
    (#"{"type":"channel_deleted","channel":"C1"}"#, .channelDeleted(channelID: "C1")),
    (
      #"{"type":"channel_rename","channel":{"id":"C1","name":"leads"}}"#, .channelRename(channelID: "C1", name: "leads")
    ),
    (
      #"{"type":"channel_id_changed","old_channel_id":"G1","new_channel_id":"C1"}"#,
      .channelIDChanged(old: "G1", new: "C1")
    ),
    (#"{"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":["U9"]}}"#, .tokensRevoked(oauth: ["U1"], bot: ["U9"])),
    (#"{"type":"app_uninstalled"}"#, .appUninstalled),
    (#"{"type":"subteam_members_changed","subteam_id":"S1"}"#, .userGroupMembersChanged(groupID: "S1")),
    (#"{"type":"reaction_added","user":"U1"}"#, .other(type: "reaction_added")),
    (#"{"type":"member_left_channel"}"#, .other(type: "member_left_channel")),
    (#"{}"#, .other(type: "")),
  ])
  func `events are told apart`(text: String, expected: SlackEvent) throws {
    #expect(try event(text) == expected)
  }

  @Test func `a changed person is read with zone, guesthood and address`() throws {
    guard
      case .userChange(let user) = try event(
        #"{"type":"user_change","user":{"id":"U1","team_id":"T1","name":"ada","deleted":false,"tz":"Europe/Berlin","#
          + #""real_name":"Ada L","profile":{"email":"ada@northwind.example","display_name":"ada"},"is_bot":false,"#
          + #""is_restricted":true,"is_ultra_restricted":false}}"#)
    else {
      Issue.record("no user_change")
      return
    }
    #expect(user.email == "ada@northwind.example")
    #expect(user.timeZone == "Europe/Berlin")
    #expect(!user.isFullMember(ofTeam: "T1"))
  }

  @Test(arguments: [
    (#"{"id":"U1","team_id":"T1"}"#, true), (#"{"id":"U1"}"#, true), (#"{"id":"U1","deleted":true}"#, false),
    (#"{"id":"U1","is_bot":true}"#, false), (#"{"id":"USLACKBOT","is_bot":false}"#, false),
    (#"{"id":"U1","is_restricted":true}"#, false), (#"{"id":"U1","is_ultra_restricted":true}"#, false),
    (#"{"id":"U1","is_stranger":true}"#, false), (#"{"id":"U1","team_id":"T2"}"#, false),
  ])
  func `only people of the workspace are full members`(user: String, isFull: Bool) throws {
    guard case .teamJoin(let user) = try event(#"{"type":"team_join","user":\#(user)}"#) else {
      Issue.record("no team_join")
      return
    }
    #expect(user.isFullMember(ofTeam: "T1") == isFull)
  }

  @Test func `an event without its id can't be deduplicated and is refused`() {
    #expect(throws: SlackPayloadError.missing("event_id")) {
      try envelope(#"{"type":"event_callback","event":{"type":"message"}}"#)
    }
    #expect(throws: SlackPayloadError.missing("event")) { try envelope(#"{"type":"event_callback","event_id":"Ev1"}"#) }
  }
}
