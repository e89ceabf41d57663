import RevOps
import SlackAPI

/// What the owner needs to know before writing: facts, summary, the lead's own words, similar accounts, and what is
/// missing.
struct CardDetails {
  let lead: Lead
  let people: CardPeople
  /// How many similar accounts the playbook asks for; 0: none is looked for, and nothing is said about it.
  let similarWanted: Int

  var blocks: [Block] {
    [facts, missing, summary].compactMap { $0 } + message + [similar, warnings].compactMap { $0 }
  }

  private var facts: Block? {
    guard let facts = lead.facts else { return nil }
    return .section(fields: FactFields(facts: facts).fields, id: "lead.facts")
  }

  private var missing: Block? {
    guard let names = lead.enriched?.missing, !names.isEmpty else { return nil }
    let text = "Not available: " + names.map(CardWords.service).joined(separator: ", ")
    return .context([.mrkdwn("\(text, max: 200)")], id: "lead.missing")
  }

  private var summary: Block? {
    guard let sentences = lead.summarized?.summary, !sentences.isEmpty else { return nil }
    let bullets = sentences.prefix(8).map { sentence -> Mrkdwn in "• \(sentence, max: 200)" }
    return .text(Mrkdwn.lines(bullets), id: "lead.summary")
  }

  /// The lead's own words under their own label. Clients turn web addresses in plain text into links, so words that
  /// hold one, or anything else that Slack might act on, are quoted with it in code spans instead.
  private var message: [Block] {
    guard let words = lead.intake.payload.message, !PlainText(words).isEmpty else { return [] }
    let label = Block.context([.mrkdwn("*Their message*")], id: "lead.message_label")
    let isInert = !Mrkdwn(words).wire.contains("`")
    let text: TextObject = isInert ? .plain(PlainText(lines: words, limit: 20)) : .mrkdwn(Mrkdwn.quote(words))
    return [label, .section(text: text.clipped(to: 1_200), id: "lead.message")]
  }

  private var similar: Block? {
    guard similarWanted > 0, let accounts = lead.summarized?.similar else { return nil }
    guard !accounts.isEmpty else { return .context([.mrkdwn("No comparable account yet")], id: "lead.similar") }
    let lines = accounts.prefix(min(similarWanted, 10)).map(CardWords.similar)
    return .context([.mrkdwn(Mrkdwn.lines(Array(lines)))], id: "lead.similar")
  }

  private var warnings: Block? {
    var texts = lead.warnings
    if let facts = lead.facts, !facts.crm.checked, !texts.contains(Self.notChecked) { texts.append(Self.notChecked) }
    texts += lead.desk.crm.remarks + lead.errors
    guard !texts.isEmpty else { return nil }
    let lines = texts.prefix(6).map { text -> Mrkdwn in "Note: \(CardWords.capitalized(text), max: 160)" }
    return .context([.mrkdwn(Mrkdwn.lines(lines))], id: "lead.warnings")
  }

  /// As the pipeline words it.
  private static let notChecked = "account not checked"
}
