using System.Security.Cryptography;
using StackHub.Security;

namespace StackHub.Cli.Hosting;

/// <summary>The hub's key on a laptop: from STACKHUB_KEY (base64, 32 bytes or more), or made once and kept in the data folder, readable by its owner only.</summary>
internal static class HubKeyFile
{
    public const string Variable = "STACKHUB_KEY";

    public static HubKeys Load(string dataFolder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text)
            return new(FromBase64(text));
        var path = Path.Combine(dataFolder, "hub.key");
        if (!File.Exists(path))
            Make(path);
        return new(Convert.FromBase64String(File.ReadAllText(path).Trim()));
    }

    private static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Written beside and moved, so that a crash leaves no half key.
        var half = path + ".new";
        File.Delete(half);
        using (var file = new StreamWriter(new FileStream(half, options)))
            file.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.Move(half, path);
    }

    private static byte[] FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new HubStartException($"{Variable} is not base64. Give it 32 random bytes in base64, or unset it to use the data folder's own key.");
        }
    }
}
