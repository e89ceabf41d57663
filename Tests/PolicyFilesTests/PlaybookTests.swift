import PolicyFiles
import RevOps
import Testing

@Suite struct PlaybookTests {
  @Test("every key reads, and what is left out keeps its default")
  func reads() throws {
    let playbook = try Sample.load(
      playbook: """
        notify: { channel: "#x", triage_channel: C0123456, review_team: general, owner_dm: true, high_priority: { min_score: 0.9, channel: "#hot" }, stale_after: 2d }
        sla: { clock: always, accept: 30m, remind: 20m, first_touch: 90s, escalate: [manager] }
        nurture: { hubspot_list: 12, sequence: abc, task: false, revisit_after: 1h }
        enrich: { order: [clearbit], budget: 2s, cache_for: 1d, daily_limit: 5 }
        llm: { budget: 3s, daily_limit: 7, extra: { reasoning_effort: low, seed: 7, nested: { a: [true, null] } } }
        memory: { similar: 5 }
        hubspot: { lead_status: { new: OPEN, nurture: null }, properties: { score: my_score } }
        permissions: { claim: team, retry: anyone }
        admins: [Boss@x.example]
        digest: { at: "08:30", days: [mon, fri] }
        bulk_sources: [import]
        reopen_after: 10d
        retention: { raw: 5d }
        rates: { hubspot: 50/5s, openai: 2/m, apollo: off }
        """
    ).policy.playbook
    #expect(playbook.notify.triageChannel == "C0123456" && playbook.notify.reviewTeam == "general")
    #expect(playbook.notify.highPriorityChannel == "#hot" && playbook.notify.staleAfter == 2 * 86_400)
    #expect(playbook.sla?.clock == .always && playbook.sla?.firstTouch == 90 && playbook.sla?.escalate == [.manager])
    #expect(playbook.nurture.hubspotList == "12" && !playbook.nurture.task)
    #expect(playbook.enrich.order == [.clearbit] && playbook.enrich.dailyLimit == 5)
    #expect(playbook.llm.extra["seed"] == .number("7"))
    #expect(playbook.llm.extra["nested"] == .object(["a": .array([.bool(true), .null])]))
    #expect(playbook.hubspot.leadStatusNew == "OPEN" && playbook.hubspot.leadStatusNurture == nil)
    #expect(playbook.hubspot.leadStatusClaimed == "IN_PROGRESS" && playbook.hubspot.scoreProperty == "my_score")
    #expect(playbook.permissions.claim == .team && playbook.permissions.reassign == .team)
    #expect(playbook.admins == ["boss@x.example"] && playbook.digest?.at == 510 && playbook.similar == 5)
    #expect(playbook.retentionRaw == 5 * 86_400 && playbook.retentionLeads == 400 * 86_400)
    #expect(
      playbook.rates.hubspot == .init(count: 50, seconds: 5) && playbook.rates.openai == .init(count: 2, seconds: 60))
    #expect(playbook.rates.apollo == nil && playbook.rates.clearbit == .init(count: 600, seconds: 60))
  }

  @Test(
    "mistakes in the playbook",
    arguments: [
      ("notifi: {}", "unknown key `notifi`", "notify"),
      ("notify: { channel: general chat }", "no Slack channel", "#generalchat"),
      ("notify: { review_team: generl }", "no team `generl`", "general"),
      ("notify: { high_priority: { min_score: 85 } }", "between 0 and 1", nil),
      ("sla: { accept: 15 }", "must be a duration", "15m"),
      ("sla: { accept: 15 minutes }", "must be a duration", "15m"),
      ("sla: { accept: 0m }", "must be a duration", nil),
      ("sla: { clock: allways }", "cannot be `allways`", "always"),
      ("sla: { escalate: [boss] }", "cannot be `boss`", "manager"),
      ("enrich: { order: [apolo] }", "cannot be `apolo`", "apollo"),
      ("permissions: { claim: everyone }", "cannot be `everyone`", "anyone"),
      ("admins: [Boss]", "must be an e-mail address", nil),
      ("admins: boss@x.example", "must be a list", "[boss@x.example]"),
      ("digest: { at: 25:00 }", "must be a time of day", nil),
      ("digest: { days: [mon] }", "`at` is missing", nil),
      ("rates: { hubspot: fast }", "must be a rate", "5/s"),
      ("rates: { hubspot: 0/s }", "must be a rate", nil),
      ("memory: { similar: -1 }", "between 0 and 20", nil),
      ("nurture: { task: sometimes }", "must be true or false", nil),
      ("llm: { extra: [1] }", "must be a map", nil),
      ("reopen_after: soon", "must be a duration", "30s"),
      ("- a", "must be a map", nil),
    ] as [(String, String, String?)])
  func mistakes(text: String, message: String, suggestion: String?) {
    let found = Sample.diagnostics(playbook: text).errors
    #expect(found.has(1, message, suggestion), "\(found)")
    #expect(found.allSatisfy { $0.file == "playbook.yaml" })
  }
}
