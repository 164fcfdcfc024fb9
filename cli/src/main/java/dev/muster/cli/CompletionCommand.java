package dev.muster.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Completion for shells. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in bash or zsh.",
        footer = {
            "  source <(muster completion bash)                    for this shell",
            "  muster completion bash > ~/.local/share/bash-completion/completions/muster",
            "  echo 'source <(muster completion zsh)' >> ~/.zshrc"
        })
final class CompletionCommand extends Verb {
    /** The shells that we know. */
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        // One script serves both: it loads bashcompinit where it finds itself in zsh, if compinit was.
        if (shell == Shell.ZSH) {
            screen().print("autoload -Uz compinit && compinit");
        }
        screen().print(AutoComplete.bash("muster", Muster.commandLine(screen(), muster().environment())));
        return ExitCode.OK;
    }
}
