import SlackAPI

/// What `/lead` can do, and nothing that it can't.
enum HelpText {
  /// - Parameter remark: said first.
  static func message(_ remark: Mrkdwn = Mrkdwn()) -> Message {
    let search: Mrkdwn =
      "\(Mrkdwn.code("/lead acme.com")) or an e-mail address, a company, a name, a lead's id or HubSpot link: find leads"
    let commands = LeadRequest.commands.map { command -> Mrkdwn in
      "\(Mrkdwn.code(command.usage)) \(command.gives)"
    }
    return Message(text: Mrkdwn.lines([remark, search] + commands))
  }
}
