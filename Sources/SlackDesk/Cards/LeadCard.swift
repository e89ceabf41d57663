import RevOps
import SlackAPI

/// The message that is a lead in Slack, always drawn from the lead as it stands, never from an earlier card.
public enum LeadCard {
  /// Within Slack's limits, whatever strangers wrote.
  /// - Parameter mentionsOwner: whether the owner is mentioned or only named. In an edited message a mention calls
  ///   nobody.
  public static func message(
    _ context: CardContext, people: CardPeople = CardPeople(), mentionsOwner: Bool = true
  ) -> Message {
    let drawing = CardDrawing(context: context, people: people, mentionsOwner: mentionsOwner)
    return Message(text: drawing.sentence, blocks: drawing.blocks, metadata: CardMetadata.card(context.lead)).fitted()
  }

  /// What is left of a card that is no longer the live one: where the lead is now.
  public static func retired(_ context: CardContext) -> Message {
    let name = LeadTitle(context.lead).account
    let text: Mrkdwn =
      switch context.lead.desk.card?.channel {
      case .some(let channel) where channel.hasPrefix("D"): "*\(name, max: 200)* moved to a direct message"
      case .some(let channel): "*\(name, max: 200)* moved to \(Mrkdwn.channel(channel))"
      case nil: "*\(name, max: 200)* moved: this card is no longer current"
      }
    return Message(
      text: text, blocks: [.text(text, id: "lead.moved")], metadata: CardMetadata.card(context.lead)
    ).fitted()
  }
}
