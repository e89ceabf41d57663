import Foundation
import SlackAPI
import Testing

@Suite struct LimitsTests {
  private func text(_ count: Int) -> String { String(repeating: "x", count: count) }

  private func violations(_ block: Block) -> [Violation] { Message(text: "t", blocks: [block]).violations() }

  private func violations(_ element: Element) -> [Violation] { violations(.actions([element])) }

  @Test func `each text has its limit, to the unit`() {
    #expect(violations(.header(PlainText(text(150)))).isEmpty)
    #expect(
      violations(.header(PlainText(text(151)))) == [Violation("/blocks/0/text", .tooLong(limit: 150, actual: 151))])
    #expect(violations(.text(Mrkdwn(text(3000)))).isEmpty)
    #expect(violations(.text(Mrkdwn(text(3001)))) == [Violation("/blocks/0/text", .tooLong(limit: 3000, actual: 3001))])
    #expect(
      violations(.section(fields: [.plain(PlainText(text(2001)))]))
        == [Violation("/blocks/0/fields/0", .tooLong(limit: 2000, actual: 2001))])
    #expect(
      violations(.button(Button("a", PlainText(text(76)))))
        == [Violation("/blocks/0/elements/0/text", .tooLong(limit: 75, actual: 76))])
    #expect(Message(text: Mrkdwn(text(4001))).violations() == [Violation("/text", .tooLong(limit: 4000, actual: 4001))])
  }

  @Test func `entities count as they are sent, and astral characters twice`() {
    #expect(violations(.header(PlainText(String(repeating: "&", count: 31)))).count == 1)
    #expect(violations(.header(PlainText(String(repeating: "🔥", count: 76)))).count == 1)
    #expect(violations(.header(PlainText(String(repeating: "🔥", count: 75)))).isEmpty)
  }

  @Test func `empty texts are reported`() {
    #expect(Message(text: "").violations() == [Violation("/text", .empty)])
    #expect(violations(.header("")) == [Violation("/blocks/0/text", .empty)])
    #expect(violations(.section()) == [Violation("/blocks/0/text", .missing)])
    #expect(violations(.context([])) == [Violation("/blocks/0/elements", .empty)])
  }

  @Test func `counts are limited`() {
    let button = Element.button(Button("a", "A"))
    #expect(
      violations(.context(Array(repeating: .plain("a"), count: 11))).contains {
        $0.rule == .tooMany(limit: 10, actual: 11)
      })
    #expect(
      violations(.actions(Array(repeating: button, count: 26))).contains { $0.rule == .tooMany(limit: 25, actual: 26) })
    #expect(
      Message(text: "t", blocks: Array(repeating: .divider(), count: 51)).violations()
        == [Violation("/blocks", .tooMany(limit: 50, actual: 51))])
    #expect(View(.home, blocks: Array(repeating: .divider(), count: 100)).violations().isEmpty)
    #expect(View(.home, blocks: Array(repeating: .divider(), count: 101)).violations().count == 1)
  }

  @Test func `ids are unique where Slack wants them to be`() {
    let buttons: Block = .actions([.button(Button("a", "A")), .button(Button("a", "B"))])
    #expect(violations(buttons) == [Violation("/blocks/0/elements/1/action_id", .duplicate)])
    #expect(
      Message(text: "t", blocks: [.divider(id: "a"), .divider(id: "a")]).violations()
        == [Violation("/blocks/1/block_id", .duplicate)])
  }

  @Test func `choices are checked as a whole`() {
    let options = (0..<6).map { Option(PlainText("o\($0)"), value: "\($0)") }
    #expect(violations(.overflow(OverflowMenu("a", options: options))).map(\.rule) == [.tooMany(limit: 5, actual: 6)])
    #expect(violations(.overflow(OverflowMenu("a", options: []))).map(\.rule) == [.empty])
    let stranger = Option("no", value: "no")
    #expect(
      violations(.select(SelectMenu("a", choices: .options(options, initial: stranger)))).map(\.rule) == [.notAllowed])
    #expect(violations(.select(SelectMenu("a", choices: .options(options + [options[0]])))).map(\.rule) == [.duplicate])
    #expect(
      violations(.radioButtons(RadioButtons("a", options: options + options))).contains {
        $0.rule == .tooMany(limit: 10, actual: 12)
      })
    let long = Option("x", value: text(76))
    #expect(
      violations(.select(SelectMenu("a", choices: .options([long])))).map(\.rule) == [.tooLong(limit: 75, actual: 76)])
  }

  @Test func `values and addresses are checked`() {
    #expect(
      violations(.button(Button("a", "A", value: text(2001)))).map(\.rule) == [.tooLong(limit: 2000, actual: 2001)])
    #expect(violations(.button(Button("a", "A", url: "javascript:x"))).map(\.rule) == [.notAllowed])
    #expect(violations(.datePicker(DatePicker("a", initial: "22.11.2026"))).map(\.rule) == [.notAllowed])
    #expect(violations(.textInput(TextInput("a"))).map(\.rule) == [.notAllowed])
  }

  @Test func `a modal needs a title, and a submit button for its inputs`() {
    let input = Block.input(.init("b", label: "L", element: .textInput(TextInput("a"))))
    #expect(View(.modal(.init(title: "t")), blocks: [input]).violations() == [Violation("/submit", .missing)])
    #expect(View(.modal(.init(title: "t", submit: "OK")), blocks: [input]).violations().isEmpty)
    #expect(
      View(.modal(.init(title: PlainText(text(25)))), blocks: [.text("x")]).violations().map(\.pointer) == ["/title"])
    #expect(View(.modal(.init(title: "t")), blocks: []).violations() == [Violation("/blocks", .empty)])
    let button = Block.input(.init("b", label: "L", element: .button(Button("a", "A"))))
    #expect(View(.modal(.init(title: "t", submit: "OK")), blocks: [button]).violations().map(\.rule) == [.notAllowed])
  }

  @Test func `a view's metadata and size are limited`() {
    let blocks = Array(repeating: Block.text(Mrkdwn(text(2900))), count: 90)
    #expect(View(.home, blocks: blocks).violations().map(\.pointer) == [""])
    #expect(
      View(.home, blocks: [.text("x")], privateMetadata: text(3001)).violations().map(\.pointer) == [
        "/private_metadata"
      ])
  }
}

@Suite struct FittingTests {
  private let claim = Block.actions([.button(Button("lead.claim.v1", "Claim", value: "p07-abc"))], id: "buttons")

  @Test(arguments: Hostile.texts)
  func `any lead makes a card that Slack takes, with its buttons`(text: String) {
    let name = text.isEmpty ? "?" : text
    let message = Message(
      text: "New lead: \(name)",
      blocks: [
        .header(PlainText(text)), .section(text: .plain(PlainText(lines: text))), .text(.quote(text)),
        .section(fields: Array(repeating: .mrkdwn("*x*\n\(text)"), count: 12)),
        .context(Array(repeating: .mrkdwn("by \(text)"), count: 10)), claim,
      ])
    let fitted = message.fitted()
    #expect(fitted.violations().isEmpty)
    #expect(fitted.blocks.contains(claim))
  }

  @Test func `a message within the limits is left as it is`() {
    let message = Message(text: "a", blocks: [.text("b"), claim])
    #expect(message.fitted() == message)
  }

  @Test func `the longest texts are shortened first`() {
    let message = Message(
      text: "a",
      blocks: [.text("short")] + Array(repeating: .text(Mrkdwn(String(repeating: "x", count: 2900))), count: 4))
    let fitted = message.fitted()
    #expect(fitted.violations().isEmpty)
    #expect(fitted.blocks.first == .text("short"))
    #expect(fitted.blocks.count == 5)
  }

  @Test func `what can't be shortened becomes the sentence and the buttons`() {
    let message = Message(text: "New lead", blocks: Array(repeating: .divider(), count: 60) + [claim], threadTS: "1.2")
    let fitted = message.fitted()
    #expect(fitted.blocks == [.text("New lead"), claim])
    #expect(fitted.threadTS == "1.2")
  }

  @Test func `a view's texts are shortened`() {
    let long = PlainText(String(repeating: "x", count: 4000))
    let view = View(
      .modal(.init(title: long, submit: long, close: long)),
      blocks: [
        .header(long),
        .input(
          .init(
            "b", label: long,
            element: .textInput(TextInput("a", initial: long.content, placeholder: long, maxLength: 5000)), hint: long)),
        .input(
          .init(
            "c", label: "L",
            element: .select(SelectMenu("a", placeholder: long, choices: .options([Option(long, value: "v")]))))),
      ])
    #expect(view.fitted().violations().isEmpty)
  }
}
