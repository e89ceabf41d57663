import ArgumentParser
import Pipeline

struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Prints the pipeline as a Mermaid flowchart.")

  func run() { Output.print(Graph.mermaid()) }
}
