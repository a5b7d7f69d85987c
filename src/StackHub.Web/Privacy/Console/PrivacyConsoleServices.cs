using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackHub.Privacy;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Receipts;

namespace StackHub.Web.Privacy.Console;

internal static class PrivacyConsoleServices
{
    /// <summary>What the officers' pages read, beside the engine.</summary>
    public static IServiceCollection AddPrivacyConsole(this IServiceCollection services)
    {
        services.TryAddSingleton<RequestHistory>();
        services.TryAddSingleton<MakePackage>();
        services.TryAddSingleton<ReceiptDesk>();
        return services.AddSingleton<RequestDossier>();
    }
}
