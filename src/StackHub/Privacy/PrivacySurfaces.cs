using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackHub.Privacy.Bulk;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Notices;
using StackHub.Privacy.OpenDsr;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Verification;
using StackHub.Suppression;
using StackHub.Triggers;

namespace StackHub.Privacy;

/// <summary>How privacy requests come in, what is told outside, and what is handed to the person.</summary>
public static class PrivacySurfaces
{
    public static IServiceCollection AddPrivacySurfaces(this IServiceCollection services)
    {
        services.TryAddSingleton(new OutboundOptions());
        return services
            .AddSingleton<ICodeSender, NotifyCodeSender>()
            .AddSingleton<ReceiptDesk>()
            .AddSingleton<FileRequest>()
            .AddSingleton<RequestHistory>()
            .AddSingleton<IntakeNotes>()
            .AddSingleton<MailboxLimit>()
            .AddSingleton<IntakeDesk>()
            .AddSingleton<BulkIntake>()
            .AddSingleton<OutboundHttp>()
            .AddSingleton<NotifySecret>()
            .AddSingleton<HandDelivery>()
            .AddSingleton<NoticeOutbox>()
            .AddSingleton<NoticeSender>()
            .AddSingleton<AlertNotices>()
            .AddSingleton<ResurrectionNotices>()
            .AddSingleton<OpenDsrSigner>()
            .AddSingleton<OpenDsrDesk>()
            .AddSingleton<OpenDsrCallbacks>()
            .AddSingleton<ITimerHandler, NoticeTimer>()
            .AddSingleton<ISubjectStore>(provider => provider.GetRequiredService<IntakeNotes>());
    }
}
