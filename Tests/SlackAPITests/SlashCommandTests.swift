import Foundation
import SlackAPI
import Testing

@Suite struct SlashCommandTests {
  private let recorded =
    "token=x&team_id=T0001&team_domain=example&channel_id=C2147483705&channel_name=test&user_id=U2147483697"
    + "&user_name=steve&command=%2Flead&text=%3C%40U012ABC%7Cann%3E+at+R%26amp%3BD&api_app_id=A123456"
    + "&is_enterprise_install=false&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1%2F2"
    + "&trigger_id=13345224609.738474920.8088930838d88f008e0"

  @Test func `every field is read`() throws {
    let command = try SlashCommand(form: FormBody(recorded.utf8))
    #expect(command.command == "/lead")
    #expect(command.text == "<@U012ABC|ann> at R&amp;D")
    #expect(command.plainText == "@ann at R&D")
    #expect(command.userID == "U2147483697")
    #expect(command.teamID == "T0001")
    #expect(command.channelID == "C2147483705")
    #expect(command.apiAppID == "A123456")
    #expect(command.triggerID == "13345224609.738474920.8088930838d88f008e0")
    #expect(command.responseURL == ResponseURL("https://hooks.slack.com/commands/1/2"))
    #expect(!command.isEnterpriseInstall)
  }

  @Test func `an old sample without text, app and team is read`() throws {
    let command = try SlashCommand(form: FormBody("command=%2Flead&user_id=U1&is_enterprise_install=true".utf8))
    #expect(command.text.isEmpty)
    #expect(command.teamID == nil)
    #expect(command.responseURL == nil)
    #expect(command.isEnterpriseInstall)
  }

  @Test func `without a command or a person it is refused by the field's name`() {
    #expect(throws: SlackPayloadError.missing("command")) { try SlashCommand(form: FormBody("user_id=U1".utf8)) }
    #expect(throws: SlackPayloadError.missing("user_id")) { try SlashCommand(form: FormBody("command=%2Flead".utf8)) }
  }

  @Test func `Socket Mode's object reads the same`() throws {
    let command = try SlashCommand(json: json(#"{"command":"/lead","user_id":"U1","text":"acme.example"}"#))
    #expect(command.text == "acme.example")
  }
}
