import Foundation
import SlackAPI
import Testing

@Suite struct InteractionTests {
  private func form(_ payload: String) throws -> FormBody {
    let unreserved = CharacterSet.alphanumerics
    let encoded = payload.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    return try FormBody("payload=\(encoded)".utf8)
  }

  private func interaction(_ payload: String) throws -> Interaction { try Interaction(form: form(payload)) }

  @Test func `a click on a card's button carries who, what and where`() throws {
    let payload = """
      {"type":"block_actions","user":{"id":"U1","username":"ada","name":"ada","team_id":"T1"},"api_app_id":"A1",
      "token":"x","container":{"type":"message","message_ts":"1700000000.000100","channel_id":"C1","is_ephemeral":false,
      "thread_ts":"1700000000.000001"},"trigger_id":"1.2.3","team":{"id":"T1","domain":"example"},"enterprise":null,
      "is_enterprise_install":false,"channel":{"id":"C1","name":"leads"},"message":{"type":"message","bot_id":"B1",
      "user":"U9","ts":"1700000000.000100","text":"R&amp;D"},"state":{"values":{}},
      "response_url":"https://hooks.slack.com/actions/1/2","actions":[{"action_id":"lead.claim.v1","block_id":"buttons",
      "text":{"type":"plain_text","text":"Claim"},"value":"p07-abc","type":"button","action_ts":"1700000001.1"}]}
      """
    guard case .blockActions(let actions) = try interaction(payload) else {
      Issue.record("no block_actions")
      return
    }
    #expect(actions.context.userID == "U1")
    #expect(actions.context.teamID == "T1")
    #expect(actions.context.triggerID == "1.2.3")
    #expect(actions.actions.map(\.actionID) == ["lead.claim.v1"])
    #expect(actions.actions.first?.value == "p07-abc")
    #expect(actions.actions.first?.input == InputValue.none(type: "button"))
    #expect(actions.channelID == "C1")
    #expect(actions.messageTS == "1700000000.000100")
    #expect(actions.isInThread)
    #expect(actions.message?.botID == "B1")
    #expect(actions.responseURL == ResponseURL("https://hooks.slack.com/actions/1/2"))
  }

  @Test func `a click without container, state, message, team and app is read`() throws {
    let payload = """
      {"type":"block_actions","user":{"id":"U1"},"team":null,"enterprise":{"id":"E1"},"is_enterprise_install":true,
      "view":{"id":"V1","hash":"h1","state":{"values":{}},"private_metadata":""},
      "actions":[{"action_id":"home.more","type":"overflow","selected_option":{"value":"next","text":{"text":"Next"}}}]}
      """
    guard case .blockActions(let actions) = try interaction(payload) else {
      Issue.record("no block_actions")
      return
    }
    #expect(actions.context.teamID == nil)
    #expect(actions.context.enterpriseID == "E1")
    #expect(actions.context.isEnterpriseInstall)
    #expect(actions.view?.id == "V1")
    #expect(actions.view?.privateMetadata == nil)
    #expect(actions.actions.first?.value == "next")
    #expect(actions.messageTS == nil)
    #expect(!actions.isInThread)
  }

  @Test func `a submitted modal gives every kind of value`() throws {
    let payload = """
      {"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1","callback_id":"lead.new","hash":"1.a",
      "private_metadata":"p07-abc","root_view_id":"V0","previous_view_id":"V0","external_id":"","state":{"values":{
      "email":{"v":{"type":"plain_text_input","value":"ada@acme.example"}},
      "empty":{"v":{"type":"plain_text_input","value":null}},
      "team":{"v":{"type":"static_select","selected_option":{"text":{"type":"plain_text","text":"R&amp;D"},"value":"rd"}}},
      "none":{"v":{"type":"external_select","selected_option":null}},
      "owner":{"v":{"type":"users_select","selected_user":"U2"}},
      "watchers":{"v":{"type":"multi_users_select","selected_users":["U2","U3"]}},
      "day":{"v":{"type":"datepicker","selected_date":"2026-11-22"}},
      "at":{"v":{"type":"timepicker","selected_time":"14:05"}},
      "when":{"v":{"type":"datetimepicker","selected_date_time":1700000000}},
      "flags":{"v":{"type":"checkboxes","selected_options":[{"value":"a","text":{"text":"A"}},{"value":"b"}]}},
      "how":{"v":{"type":"radio_buttons","selected_option":{"value":"mail","text":{"text":"Mail"}}}},
      "new":{"v":{"type":"hologram","value":1}}}}}}
      """
    guard case .viewSubmission(let submission) = try interaction(payload) else {
      Issue.record("no view_submission")
      return
    }
    let state = submission.view.state
    #expect(submission.view.callbackID == "lead.new")
    #expect(submission.view.externalID == nil)
    #expect(state.text("email", "v") == "ada@acme.example")
    #expect(state.text("empty", "v") == nil)
    #expect(state.option("team", "v") == "rd")
    #expect(state["team", "v"] == .option(.init(value: "rd", text: "R&D")))
    #expect(state.option("none", "v") == nil)
    #expect(state.user("owner", "v") == "U2")
    #expect(state.users("watchers", "v") == ["U2", "U3"])
    #expect(state.date("day", "v") == "2026-11-22")
    #expect(state["at", "v"] == .time("14:05"))
    #expect(state["when", "v"] == .dateTime(1_700_000_000))
    #expect(state.options("flags", "v") == ["a", "b"])
    #expect(state.option("how", "v") == "mail")
    #expect(state["new", "v"] == InputValue.none(type: "hologram"))
    #expect(state["gone", "v"] == nil)
    #expect(state.text("day", "v") == nil)
  }

  @Test func `the other kinds are told apart`() throws {
    let user = #""user":{"id":"U1"}"#
    guard
      case .viewClosed(let closed) = try interaction(#"{"type":"view_closed",\#(user),"view":{},"is_cleared":true}"#),
      case .shortcut(let shortcut) = try interaction(#"{"type":"shortcut",\#(user),"callback_id":"new"}"#),
      case .messageAction(let action) = try interaction(
        #"{"type":"message_action",\#(user),"callback_id":"make","channel":{"id":"C1"},"message_ts":"1.2","message":{}}"#
      ),
      case .blockSuggestion(let suggestion) = try interaction(
        #"{"type":"block_suggestion",\#(user),"action_id":"owner","block_id":"b","value":"jo","view":{"id":"V1"}}"#)
    else {
      Issue.record("a kind was not recognised")
      return
    }
    #expect(closed.isCleared)
    #expect(shortcut.callbackID == "new")
    #expect(action.channelID == "C1")
    #expect(action.message?.ts == "1.2")
    #expect(suggestion.query == "jo")
    #expect(suggestion.view?.id == "V1")
    #expect(try interaction(#"{"type":"dialog_submission"}"#) == .unknown(type: "dialog_submission"))
  }

  @Test(arguments: [
    (#"{"user":{"id":"U1"}}"#, "type"), (#"{"type":"block_actions","actions":[{"action_id":"a"}]}"#, "user.id"),
    (#"{"type":"block_actions","user":{"id":"U1"},"actions":[]}"#, "actions"),
    (#"{"type":"block_actions","user":{"id":"U1"},"actions":"x"}"#, "actions"),
    (#"{"type":"block_actions","user":"U1","actions":[{"action_id":"a"}]}"#, "user.id"),
    (#"{"type":"view_submission","user":{"id":"U1"},"view":null}"#, "view"), ("[]", "type"), ("1", "type"),
  ])
  func `what can't be understood is refused by the member's name`(payload: String, member: String) {
    #expect(throws: SlackPayloadError.missing(member)) { try interaction(payload) }
  }

  @Test(arguments: ["", "{", #"{"type":"block_actions""#, #"{"type":"\ud800"}"#, "nope"])
  func `broken JSON is refused`(payload: String) {
    #expect(throws: SlackPayloadError.malformedJSON) { try interaction(payload) }
  }

  @Test func `a form without a payload is refused`() {
    #expect(throws: SlackPayloadError.missing("payload")) { try Interaction(form: FormBody("a=b".utf8)) }
  }

  @Test func `a value in the wrong place never stops the rest from being read`() throws {
    // Each member in turn is of another type than Slack sends.
    let odd = [
      #""view":[1]"#, #""state":"x""#, #""container":7"#, #""message":[]"#, #""team":"T""#, #""channel":null"#,
    ]
    for member in odd {
      let payload = #"{"type":"block_actions","user":{"id":"U1"},"actions":[{"action_id":"a","value":5}],\#(member)}"#
      guard case .blockActions(let actions) = try interaction(payload) else {
        Issue.record("not read with \(member)")
        return
      }
      #expect(actions.actions.first?.value == nil)
    }
  }
}
