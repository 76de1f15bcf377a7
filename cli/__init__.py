"""The command line: `chapterhouse --help`."""

def main(): ...


__all__ = ["main"]
