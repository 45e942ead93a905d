// Both mails as a mail program shows their HTML, with images off.
import { faultsByAxe, sticking, WCAG } from "../harness/looks.ts";
import { strongPassword } from "../harness/random.ts";
import { Reset } from "../harness/reset.ts";
import { expect, test } from "../harness/test.ts";
import { message } from "../harness/texts.ts";

for (const tag of ["en", "de", "zh-CN", "ar"]) {
  test.describe(tag, () => {
    test.use({ locale: tag });

    test("both mails can be read, in both colour schemes and in a narrow window", async ({ page, device, system }) => {
      const [{ email }, reset] = [await system.addAccount(tag), new Reset(page, tag)];
      await reset.toCode(email);
      const { mail, code } = await system.inbox.invitation(email);
      await reset.show(code);
      await reset.at("password");
      await reset.set(strongPassword());
      await reset.at("done");
      const mails = { code: mail, changed: await system.inbox.mail(email, 2) };
      const reader = await device();
      await reader.route("**/*", (route) => route.abort());
      for (const [name, { html }] of Object.entries(mails)) {
        await reader.setViewportSize({ width: 320, height: 640 });
        await reader.setContent(html);
        await expect(reader.getByRole("heading", { name: message(tag, `mail-${name}-heading`) })).toBeVisible();
        // Markup that somebody escaped once too often.
        expect(await reader.locator("body").innerText()).not.toMatch(/[<>]|&\w+;/);
        expect(await sticking(reader), name).toEqual([]);
        for (const colorScheme of ["light", "dark"] as const) {
          await reader.emulateMedia({ colorScheme });
          // A mail is part of a mail program's page, so it has no landmarks of its own.
          expect(await faultsByAxe(reader, WCAG), `${name}, ${colorScheme}`).toEqual([]);
        }
      }
    });
  });
}
