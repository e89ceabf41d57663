import RevOps
import SlackAPI

/// Why a lead has its score, its path and its owner, in the words of the configuration that decided.
struct LeadExplanation {
  struct Part {
    var title: Mrkdwn
    var lines: [Explanation.Line]
  }

  private(set) var parts: [Part]

  /// - Parameter policy: the version that decided; nil: it is no longer kept, and the reasons alone are known.
  init(_ lead: Lead, policy: Policy?) {
    guard let decision = lead.scored?.score else {
      parts = [Part(title: "*Decision*", lines: [Explanation.Line(.note, "Not decided yet")])]
      return
    }
    let score = Self.scoring(decision, lead, policy)
    let route = lead.routing.map { Self.routing($0, lead, policy) } ?? []
    let rule = lead.routing.map { [Explanation.Line(.note, "Rule: \($0.reason)")] } ?? []
    let outcome = lead.routing.map { [Explanation.Line(.note, Explanation.outcome($0))] } ?? []
    // The answer first: most people who ask want no more.
    parts = [
      Part(title: "*In short*", lines: score.filter { $0.mark == .note } + rule + outcome),
      Part(title: "*Score*", lines: score.filter { $0.mark != .note }),
      Part(title: "*Routing*", lines: route.filter { !outcome.contains($0) }),
      Part(title: "*What was known*", lines: lead.facts.map { Explanation.facts($0) } ?? []),
    ].filter { !$0.lines.isEmpty }
  }

  /// The same with colleagues by their names.
  func named(by directory: SlackDirectory, asking: Bool) async -> LeadExplanation {
    var named = self
    for part in parts.indices {
      for line in parts[part].lines.indices {
        let text = parts[part].lines[line].text
        named.parts[part].lines[line].text = await directory.named(text, asking: asking)
      }
    }
    return named
  }

  private static let forgotten = Explanation.Line(.note, "The configuration that decided is no longer kept")

  private static func scoring(_ decision: ScoreDecision, _ lead: Lead, _ policy: Policy?) -> [Explanation.Line] {
    guard let policy else {
      return [forgotten] + decision.reasons.map { Explanation.Line(.yes, Explanation.points($0)) }
    }
    return Explanation.scoring(decision, policy: policy.scoring, facts: lead.facts)
  }

  private static func routing(_ decision: RoutingDecision, _ lead: Lead, _ policy: Policy?) -> [Explanation.Line] {
    guard let policy else {
      return [Explanation.Line(.yes, decision.reason)]
        + Explanation.candidates(
          decision.trace.candidates, chosen: decision.owner, byTurn: decision.tookTurn)
    }
    return Explanation.routing(
      decision, policy: policy.routing, facts: lead.facts, score: lead.scored?.score.score)
  }

  /// Sections of at most `limit` units, and no more than `blocks` of them; what is left out is counted.
  func blocks(limit: Int, blocks: Int) -> [Block] {
    var sections: [Mrkdwn] = []
    var current = Mrkdwn()
    for part in parts {
      if !current.isEmpty { sections.append(current) }
      current = part.title
      for line in part.lines.map(CardWords.line) {
        let longer = Mrkdwn.lines([current, line])
        if SlackText.length(longer.wire) > limit {
          sections.append(current)
          current = line
        } else {
          current = longer
        }
      }
    }
    sections.append(current)
    let cut = sections.count > blocks ? [Mrkdwn("and more: the admin API has all of it")] : []
    return (sections.prefix(blocks - cut.count) + cut).map { .text($0) }
  }
}
