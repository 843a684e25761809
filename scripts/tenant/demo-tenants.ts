import type { MetaApp, NewTenant } from "./new-tenant.ts";

/** Every demo login has this password. */
export const demoPassword = "demo-sales-2026";

/** The Meta app that both demo tenants share; the simulator signs with its secret. */
export const demoApp: MetaApp = {
  appId: "100000000000001",
  name: "Demo app",
  secret: "demo-app-secret-for-the-simulator-only",
  verifyToken: "demo-verify-token",
};

/** A demo tenant and the file of its machine, seen from the project's root. */
export interface DemoTenant {
  tenant: NewTenant;
  machineFile: string;
}

/** Two businesses with different machines and numbers. They chose the offline model, and the apps say so. */
export const demoTenants: readonly DemoTenant[] = [
  {
    machineFile: "packages/sales-engine/machines/packaging-wholesaler.json",
    tenant: {
      slug: "carton",
      name: "Cajas del Sur",
      locale: "es",
      timeZone: "America/La_Paz",
      settings: { model: { provider: "offline" }, currency: "USD", languages: ["es", "en", "pt"] },
      numbers: [{
        phoneNumberId: "200000000000001",
        displayPhoneNumber: "+591 2 200 0001",
        wabaId: "300000000000001",
        appId: demoApp.appId,
        accessToken: "demo-access-token-of-carton",
      }],
      people: people("carton", ["Olivia Rojas", "Adrián Quispe", "Gabriela Mamani"]),
    },
  },
  {
    machineFile: "packages/sales-engine/machines/gym.json",
    tenant: {
      slug: "gym",
      name: "Pulso",
      locale: "es",
      timeZone: "America/La_Paz",
      settings: { model: { provider: "offline" }, currency: "USD", languages: ["es", "en", "pt"] },
      numbers: [{
        phoneNumberId: "200000000000002",
        displayPhoneNumber: "+591 2 200 0002",
        wabaId: "300000000000002",
        appId: demoApp.appId,
        accessToken: "demo-access-token-of-gym",
      }],
      people: people("gym", ["Óscar Flores", "Ana Vargas", "Gonzalo Choque"]),
    },
  },
];

function people(slug: string, [owner, admin, agent]: [string, string, string]): NewTenant["people"] {
  const login = { password: demoPassword };
  return [
    { ...login, email: `owner@${slug}.demo`, role: "owner", displayName: owner },
    { ...login, email: `admin@${slug}.demo`, role: "admin", displayName: admin },
    { ...login, email: `agent@${slug}.demo`, role: "agent", displayName: agent },
  ];
}
