import Foundation
import SlackAPI
import Testing

@Suite struct BlockTests {
  @Test func `a card encodes to Slack's JSON`() throws {
    let blocks: [Block] = [
      .header("Acme & Co", id: "head"),
      .section(
        text: .mrkdwn("*Ada*"), fields: [.plain("a"), .mrkdwn("b")],
        accessory: .overflow(OverflowMenu("more", options: [Option("Why me?", value: "why")])), id: "body"),
      .context([.mrkdwn("c")]), .divider(),
      .actions([
        .button(
          Button(
            "lead.claim.v1", "Claim", value: "p07-abc", style: .primary,
            confirm: ConfirmDialog(title: "Sure?", text: "Really", confirm: "Yes", isDangerous: true),
            accessibilityLabel: "Claim lead from Acme & Co")),
        .button(Button("open", "Open", url: "https://app.hubspot.com/x")),
      ]),
    ]
    let expected = """
      [{"type":"header","block_id":"head","text":{"type":"plain_text","text":"Acme &amp; Co","emoji":false}},
      {"type":"section","block_id":"body","text":{"type":"mrkdwn","text":"*Ada*","verbatim":true},
      "fields":[{"type":"plain_text","text":"a","emoji":false},{"type":"mrkdwn","text":"b","verbatim":true}],
      "accessory":{"type":"overflow","action_id":"more","options":[{"text":{"type":"plain_text","text":"Why me?",
      "emoji":false},"value":"why"}]}},
      {"type":"context","elements":[{"type":"mrkdwn","text":"c","verbatim":true}]},{"type":"divider"},
      {"type":"actions","elements":[{"type":"button","action_id":"lead.claim.v1","text":{"type":"plain_text",
      "text":"Claim","emoji":false},"value":"p07-abc","style":"primary","confirm":{"title":{"type":"plain_text",
      "text":"Sure?","emoji":false},"text":{"type":"plain_text","text":"Really","emoji":false},"confirm":{"type":
      "plain_text","text":"Yes","emoji":false},"deny":{"type":"plain_text","text":"Cancel","emoji":false},
      "style":"danger"},"accessibility_label":"Claim lead from Acme & Co"},
      {"type":"button","action_id":"open","text":{"type":"plain_text","text":"Open","emoji":false},
      "url":"https://app.hubspot.com/x"}]}]
      """
    #expect(try SlackJSON(parsing: JSONEncoder().encode(blocks)) == json(expected))
  }

  @Test func `a form encodes to Slack's JSON`() throws {
    let option = Option("Banking", value: "bank", description: "Banks")
    let view = View(
      .modal(.init(title: "New lead", submit: "Create", close: "Cancel", clearOnClose: true, notifyOnClose: true)),
      blocks: [
        .input(.init("email", label: "E-mail", element: .textInput(TextInput("v", initial: "a & b", maxLength: 100)))),
        .input(
          .init(
            "industry", label: "Industry",
            element: .select(SelectMenu("v", placeholder: "Any", choices: .options([option], initial: option))),
            hint: "Optional", isOptional: true, dispatchesAction: true)),
        .input(
          .init("acc", label: "Account", element: .select(SelectMenu("v", choices: .external(minQueryLength: 2))))),
        .input(.init("owner", label: "Owner", element: .select(SelectMenu("v", choices: .users(initial: "U1"))))),
        .input(.init("day", label: "Day", element: .datePicker(DatePicker("v", initial: "2026-11-22")))),
        .input(.init("how", label: "How", element: .radioButtons(RadioButtons("v", options: [option])))),
        .input(.init("all", label: "All", element: .checkboxes(Checkboxes("v", options: [option], initial: [option])))),
      ], callbackID: "lead.new", privateMetadata: "p07-abc", externalID: "ext")
    let wire = view.json
    #expect(wire["type"] == "modal")
    #expect(wire["title"]["text"] == "New lead")
    #expect(wire["clear_on_close"] == true)
    #expect(wire["notify_on_close"] == true)
    #expect(wire["callback_id"] == "lead.new")
    #expect(wire["private_metadata"] == "p07-abc")
    let elements = wire["blocks"].array.map { $0["element"] }
    #expect(
      elements.map { $0["type"].string } == [
        "plain_text_input", "static_select", "external_select", "users_select", "datepicker", "radio_buttons",
        "checkboxes",
      ])
    #expect(elements[0]["initial_value"] == "a & b")
    #expect(elements[1]["initial_option"]["description"]["text"] == "Banks")
    #expect(elements[2]["min_query_length"] == .int(2))
    #expect(elements[3]["initial_user"] == "U1")
    #expect(elements[4]["initial_date"] == "2026-11-22")
    #expect(elements[5]["initial_option"].isNull)
    #expect(elements[6]["initial_options"].array.count == 1)
    #expect(wire["blocks"].array[1]["dispatch_action"] == true)
    #expect(wire["blocks"].array[1]["optional"] == true)
    #expect(view.violations().isEmpty)
  }

  @Test func `a Home tab has nothing of a modal`() {
    let home = View(.home, blocks: [.text("Hi")])
    #expect(Set(home.json.object.keys) == ["type", "blocks"])
  }

  @Test func `replies to a submission name their action`() throws {
    #expect(ViewSubmissionReply.close.json == nil)
    #expect(
      ViewSubmissionReply.errors(["email": "Not an address"]).json
        == ["response_action": "errors", "errors": ["email": "Not an address"]])
    #expect(ViewSubmissionReply.clear.json == ["response_action": "clear"])
    let view = View(.modal(.init(title: "t")), blocks: [.text("x")])
    #expect(ViewSubmissionReply.update(view).json == ["response_action": "update", "view": view.json])
    #expect(ViewSubmissionReply.push(view).json?["response_action"] == "push")
  }

  @Test func `replies to a command say who sees them and unfold nothing`() {
    #expect(CommandReply.none.json == nil)
    #expect(
      CommandReply.ephemeral(Message(text: "hi")).json
        == ["response_type": "ephemeral", "text": "hi", "unfurl_links": false, "unfurl_media": false])
    #expect(CommandReply.inChannel(Message(text: "hi")).json?["response_type"] == "in_channel")
  }

  @Test func `replies to an interaction always say whether they replace`() {
    let note = InteractionReply.note(Message(text: "Taken", threadTS: "1.2")).json
    #expect(note["replace_original"] == .bool(false))
    #expect(note["response_type"] == "ephemeral")
    #expect(note["thread_ts"] == "1.2")
    #expect(note["unfurl_links"] == .bool(false))
    #expect(InteractionReply.replace(Message(text: "x")).json["replace_original"] == true)
    #expect(InteractionReply.delete.json == ["delete_original": true])
  }

  @Test func `suggestions are cut at a hundred`() {
    let options = (0..<150).map { Option(PlainText("o\($0)"), value: "\($0)") }
    #expect(SuggestionReply.options(options).json["options"].array.count == 100)
    let groups = SuggestionReply.groups([OptionGroup("g", options: options)]).json["option_groups"].array
    #expect(groups.first?["options"].array.count == 100)
  }
}
