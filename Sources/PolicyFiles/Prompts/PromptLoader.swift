import Foundation
import RevOps

/// Reads a folder of prompts and checks all of it: every mistake is found in one go.
public struct PromptLoader: Sendable {
  private let folder: SourceFolder

  /// - Parameter folder: a path; diagnostics name files as it is written.
  public init(folder: String) { self.folder = SourceFolder(path: folder) }

  /// - Throws: every error, without anything salvaged.
  public func load() throws(PolicyFailure) -> Prompts {
    var found: [Diagnostic] = []
    let scoring = prompt(.scoring, &found)
    let summary = prompt(.summary, &found)
    guard let scoring, let summary, !found.contains(where: { $0.severity == .error }) else {
      throw PolicyFailure(diagnostics: found.sorted())
    }
    return Prompts(scoring: scoring, summary: summary)
  }

  private func prompt(_ purpose: PromptPurpose, _ found: inout [Diagnostic]) -> Prompt? {
    let advice = "copy the one of the sample prompts, and set `BATON_PROMPTS_DIR` to its folder"
    guard let file = folder.read([purpose.file], &found, advice: advice) else { return nil }
    let decoder = PromptDecoder(file, purpose: purpose)
    let prompt = decoder.decode()
    found += decoder.diagnostics
    return prompt
  }
}

/// What a prompt is for: the answer that the code reads must be in its schema.
enum PromptPurpose: Sendable {
  case scoring
  case summary

  var file: String {
    switch self {
    case .scoring: "scoring.md"
    case .summary: "summarize.md"
    }
  }

  /// Members that the code reads: a list's with `[]`.
  var read: [[String]] {
    switch self {
    case .scoring: [["score"], ["reasons", "[]", "text"], ["reasons", "[]", "facts"], ["reasons", "[]", "effect"]]
    case .summary: [["lines", "[]", "text"], ["lines", "[]", "facts"]]
    }
  }
}
