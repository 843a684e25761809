import { isSameWord, stem } from "./text.ts";

/**
 * Everyday words of sales and service that mean the same in the three languages, a line per meaning, folded.
 * They let a question in one language meet a machine that was written in another.
 */
const groups = `
price total precio precos preco cost costs cuesta cuestan custa custam coste costo custo valor vale valen tarifa rates cobran cobra charge charges sale salen fee pay pagar fica
discount descuento desconto rebaja promo promocion promocao offer oferta
kg kgs kilo kilos kilogramos quilo quilos weight peso pesa pesos
cm centimetros centimeters
inch inches pulgada pulgadas polegada polegadas
delivery entrega entregar entregan entregam deliver delivered envio envios enviar envian enviam despacho shipping ship frete domicilio reparto llega
where donde onde location ubicacion ubicados localizacao address direccion endereco located localizados
hours horario horarios open abierto abren aberto abrem closed cerrado cierran fechado fecham schedule atienden atendem opening
payment pago pagos pagamento forma tarjeta cartao card cash efectivo dinheiro transferencia transfer pix boleto
invoice factura facturas fatura nota boleta
guarantee garantia warranty
return devolucion devolver devolucao refund reembolso
stock disponible disponibles availability available disponibilidad disponivel disponibilidade
appointment cita citas consulta agendar agendamento booking reservation reserva reservar turno book schedule
quote quotation cotizacion cotizar presupuesto orcamento proposta propuesta proposal estimate
box boxes caja cajas caixa caixas
size tamano tamanho medida medidas measure dimensions
color colour cor colores cores
quantity cantidad quantidade amount units unidades many cuantas cuantos quantas quantos volume volumen pieces piezas
person people persona personas pessoa pessoas guests invitados convidados attendees asistentes comensales pax
user users usuario usuarios usuarios licencias licenses licences seats assentos licencas
date fecha data day dia cuando quando when
time hora
name nombre nome
company empresa business negocio negocios compania firma organizacion companhia organization
phone telefono telefone celular mobile cell
email correo mail
city ciudad cidade zona zone area barrio bairro neighborhood neighbourhood location
budget presupuesto orcamento
need necesita necesidad necesito preciso precisa necessidade requiere wants quiere quer
order pedido orden encomenda encargo
cleaning limpieza limpeza clean
teeth tooth diente dientes dente dentes dental
whitening blanqueamiento branqueamento clareamento
pain dolor dor duele hurts ache
flower flowers flor flores ramo bouquet buque arreglo arranjo
rose roses rosa rosas
house casa home
apartment departamento apartamento piso flat condo
office oficina escritorio
bedroom bedrooms habitacion habitaciones dormitorio dormitorios quarto quartos rooms cuartos
buy comprar compra purchase
rent alquilar alquiler alugar aluguel renta arriendo rental
visit visita visitar showing tour
event evento fiesta festa party
wedding boda casamento matrimonio
birthday cumpleanos aniversario
food comida menu cardapio
accident accidente acidente crash choque colisao collision
theft robo roubo furto stolen robbery robaron roubaram
damage dano danos damages
policy poliza apolice
car auto carro coche vehicle vehiculo veiculo
fire incendio fogo
water agua
demo demostracion demonstracao
plan planes plano planos package paquete pacote
class clase clases aula aulas session sesion sessao
training entrenamiento treino workout
goal objetivo meta
experience experiencia
morning manana manha
afternoon tarde
night noche noite evening
new nuevo novo nueva nova
first primera primeira primero primeiro
monthly mensual mensal month mes mensualidad mensalidade
yearly annual anual year ano
free gratis gratuito gratuita
trial prueba teste try probar experimentar experimental testar
small pequeno pequena chico chica
medium mediano mediana media
large big grande
doctor dentist dentista medico
child children nino ninos crianca criancas kids hijo
vegetarian vegetariano vegetariana vegetarianos vegetarianas
vegan vegano vegana
chicken pollo frango
meat carne beef res
fish pescado peixe
other otro outra otra outro
urgent urgente urgency
design diseno logo impresion impressao printing print printed personalizado
minimum minimo minima
sell vender selling vende
message mensaje mensagem card tarjeta
occasion ocasion ocasiao motivo
insurance seguro seguros
claim reclamo siniestro sinistro
injured herido heridos lesionado injuries ferido feridos lesiones
police policia
reason motivo razon razao
team equipo equipe
interested interesado interesada interessado interesa
red rojo roja rojas rojos vermelho vermelha vermelhas vermelhos
white blanco blanca blancas branco branca brancas
blue azul azules azuis
black negro negra preto preta
yellow amarillo amarilla amarelo amarela
green verde verdes
pink rosado rosada
`;

const meanings = new Map<string, string[]>();
for (const line of groups.trim().split("\n")) {
  const members = line.split(" ");
  const meaning = members[0] ?? "";
  for (const member of members) {
    const known = meanings.get(stem(member)) ?? [];
    if (!known.includes(meaning)) meanings.set(stem(member), [...known, meaning]);
  }
}

/** The shared meanings of a folded word; empty if it is no word of trade. */
export function meaningsOf(word: string): readonly string[] {
  return meanings.get(stem(word)) ?? [];
}

/** Whether two folded words say the same, in the same language or across languages. */
export function isAlike(a: string, b: string): boolean {
  if (isSameWord(a, b)) return true;
  const others = meaningsOf(b);
  return others.length > 0 && meaningsOf(a).some((meaning) => others.includes(meaning));
}

const common = new Set(
  `a al an and are as at be by can con como da das de del do does dos e el ella en es esta este for from ha has have
  he i if in is it its la las le les lo los me mi mis my na no nos o of on one or os ou our para pero por pra que se
  she si sin so su sus te tem that the their them they this to tu um uma un una us was we what which who will with y
  you your yo ya com meu minha mas mais sem seu sua ser ele ela isso nao sim yes please favor any some algun alguna
  customer client cliente contact bot asks ask says say given known want wants than then there here about more muy
  cuanto cuanta cuantos cuantas quanto quanta quantos quantas
  much how cual qual hay soy sou somos are am i'm it's unos unas uns umas`.split(/\s+/),
);

/** Whether a folded word carries meaning of its own. */
export function isContentWord(word: string): boolean {
  return word.length > 1 && !common.has(word) && !/^\d+$/.test(word);
}
