import RevOps
import Testing

/// How well true sentences are told from invented ones, over the whole corpus.
@Suite struct SentenceCorpusTests {
  @Test(arguments: SentenceCorpus.all.indices)
  func `no sentence is shown that its facts do not hold`(index: Int) {
    let corpus = SentenceCorpus.all[index]
    let shown = corpus.invented.filter { corpus.grounding.objection(to: $0.text, restingOn: $0.facts) == nil }
    #expect(shown.isEmpty, "\(shown.count) of \(corpus.invented.count): \(shown.map(\.text))")
  }

  @Test func `of many sentences that hold eight are shown`() {
    let corpus = SentenceCorpus.all[0]
    let lines = corpus.held.prefix(12).map { sentence -> JSONValue in
      .object(["text": .string(sentence.text), "facts": .array(sentence.facts.map { .string($0) })])
    }
    #expect(SummaryAnswer.bullets(.object(["lines": .array(lines)]), corpus.grounding)?.count == 8)
  }

  @Test(arguments: SentenceCorpus.all.indices)
  func `no sentence is dropped that its facts hold`(index: Int) {
    let corpus = SentenceCorpus.all[index]
    let dropped = corpus.held.compactMap { sentence in
      corpus.grounding.objection(to: sentence.text, restingOn: sentence.facts).map { "\($0): \(sentence.text)" }
    }
    #expect(dropped.isEmpty, "\(dropped.count) of \(corpus.held.count): \(dropped)")
  }
}
