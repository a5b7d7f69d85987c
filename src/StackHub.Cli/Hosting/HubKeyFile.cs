using System.Security.Cryptography;
using StackHub.Security;

namespace StackHub.Cli.Hosting;

/// <summary>The hub's key on a laptop: from STACKHUB_KEY (base64, 32 bytes or more), or made once and kept in the data folder, readable by its owner only.</summary>
internal static class HubKeyFile
{
    public static HubKeys Load(string dataFolder)
    {
        if (HubKeyVariable.Read() is { } given)
            return given;
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
}
