import RevOps

/// The one place that knows the order of things: which stage follows which, for each path.
public enum Stage: String, CaseIterable, Sendable {
  case capture
  case enrich
  case score
  case route
  case summarize
  case deliver

  /// The stage that goes on from what a lead has reached; nil when the pipeline is through with it.
  static func following(_ progress: Progress) -> Stage? {
    switch progress {
    case .received: .capture
    case .captured: .enrich
    case .enriched: .score
    case .scored(let lead): lead.score.path == .disqualify ? .deliver : .route
    case .routed(let lead): lead.scored.score.path == .nurture ? .deliver : .summarize
    case .summarized: .deliver
    case .delivered: nil
    }
  }
}

/// `baton graph`: the same order, drawn.
public enum Graph {
  /// Mermaid flowchart, made by walking `Stage.following` along each path.
  public static func mermaid() -> String {
    var lines = ["flowchart LR", "  inbox([inbox]) --> capture", "  capture --> enrich", "  enrich --> score"]
    for path in Path.allCases {
      let steps = stages(after: path)
      var from = "score"
      for (index, stage) in steps.enumerated() {
        let name = node(stage, path)
        let label = index == 0 ? "|\(path.rawValue)|" : ""
        lines.append("  \(from) -->\(label) \(name)[\(title(stage, path))]")
        from = name
      }
      lines.append("  \(from) --> outbox([outbox])")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The stages a lead of that path still goes through after scoring.
  static func stages(after path: Path) -> [Stage] {
    switch path {
    case .qualify, .manualReview: [.route, .summarize, .deliver]
    case .nurture: [.route, .deliver]
    case .disqualify: [.deliver]
    }
  }

  private static func node(_ stage: Stage, _ path: Path) -> String { "\(path.rawValue)_\(stage.rawValue)" }

  private static func title(_ stage: Stage, _ path: Path) -> String {
    switch (stage, path) {
    case (.deliver, .qualify): "deliver: card"
    case (.deliver, .manualReview): "deliver: triage card"
    case (.deliver, .nurture): "nurture: CRM, no card"
    case (.deliver, .disqualify): "keep and count"
    case (.route, .nurture): "route: team only"
    case (.route, .manualReview): "route: proposal"
    default: stage.rawValue
    }
  }
}
