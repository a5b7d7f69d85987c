using System.Runtime.CompilerServices;
using Xunit;

namespace StackHub.Testing.Snapshots;

/// <summary>Text that a person or vendor reads, compared with a file beside the test. A missing file is written at home and fails in CI.</summary>
public static class Snapshot
{
    public static void Match(string text, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots", $"{Path.GetFileNameWithoutExtension(testFile)}.{test}.txt");
        var actual = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (File.Exists(path))
        {
            Assert.Equal(File.ReadAllText(path), actual);
            return;
        }
        Assert.False(IsCi, $"There is no snapshot '{path}': run the test at home, read what it writes, and commit it.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, actual);
    }

    private static bool IsCi => Environment.GetEnvironmentVariable("STACKHUB_CI") == "1" || Environment.GetEnvironmentVariable("CI") is { Length: > 0 } and not "false";
}
