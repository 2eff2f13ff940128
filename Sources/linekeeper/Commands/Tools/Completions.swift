import ArgumentParser

struct Completions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what a shell needs to complete commands and options.",
        discussion: """
            bash: linekeeper completions bash > ~/.local/share/bash-completion/completions/linekeeper
            zsh:  linekeeper completions zsh > ~/.zfunc/_linekeeper   (with ~/.zfunc in fpath)
            fish: linekeeper completions fish > ~/.config/fish/completions/linekeeper.fish
            """)

    enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() {
        let kind: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        print(Linekeeper.completionScript(for: kind))
    }
}
