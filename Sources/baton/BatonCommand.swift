import ArgumentParser

@main
struct BatonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baton",
    abstract: "Passes every inbound sales lead to the right rep in Slack, and shows why.",
    subcommands: [
      ServeCommand.self, DemoCommand.self, DoctorCommand.self, CheckCommand.self, RouteCommand.self, EvalCommand.self,
      BacktestCommand.self, ReplayCommand.self, GraphCommand.self, ManifestCommand.self,
    ])
}
