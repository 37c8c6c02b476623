/** The sandbox's own page: what the world looks like now, and the two hands a visitor needs (time and faults). */
export const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Sandbox</title>
<style>
body{font:14px/1.5 system-ui,"Noto Sans SC",sans-serif;margin:0 auto;max-width:1100px;padding:16px;color:#1c2430}
h1{font-size:20px}h2{font-size:15px;margin:24px 0 6px}table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #d9dee5;padding:4px 8px 4px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}
form{display:flex;gap:8px;flex-wrap:wrap;align-items:center}input,select,button{font:inherit;padding:4px 8px}.wide{overflow-x:auto}code{font-size:12px}
</style></head><body>
<h1>Sandbox: the outside world, played</h1>
<p>WeChat, credit bureau, identity check, bank, text messages and funders. Nobody here is real. 这里的人都不是真的。</p>
<h2>Clock</h2><p id="clock"></p>
<form id="set-clock"><input name="at" type="datetime-local" step="1" required><label><input name="running" type="checkbox"> runs on</label><button>Set (Beijing time)</button></form>
<h2>Persons</h2><div class="wide"><table id="persons"></table></div>
<h2>Settlement account</h2><p id="settlement"></p>
<h2>Faults</h2><div class="wide"><table id="faults"></table></div>
<form id="set-fault"><select name="target"></select><select name="mode"></select><input name="times" type="number" min="1" value="1" style="width:5em"><button>Add</button><button type="button" id="clear">Clear all</button></form>
<h2>Last calls</h2><div class="wide"><table id="calls"></table></div>
<script>
const targets=['bank.payouts','bank.payouts.get','bank.debits','bank.debits.get','bank.statement','bureau.reports','behaviour.reports','identity.checks','wechat.jscode2session','sms.messages','funders.decisions'];
const modes=['hang','drop_reply','http_500','refuse','processing_then_paid','processing_then_refused','garbage','duplicate_callback','late_return'];
const by=id=>document.getElementById(id);
const call=(method,path,body)=>fetch(path,{method,headers:body?{'content-type':'application/json'}:{},body:body&&JSON.stringify(body)}).then(r=>r.json());
const yuan=fen=>{const s=fen.replace('-','').padStart(3,'0');return (fen[0]==='-'?'-':'')+s.slice(0,-2)+'.'+s.slice(-2)};
const table=(id,heads,rows)=>{const t=by(id);t.replaceChildren();const add=(cells,tag)=>{const tr=t.insertRow();for(const c of cells){const td=document.createElement(tag);td.textContent=c;tr.append(td)}};add(heads,'th');rows.forEach(r=>add(r,'td'))};
for(const [name,values] of [['target',targets],['mode',modes]])for(const v of values){const o=document.createElement('option');o.textContent=v;document.querySelector('[name='+name+']').append(o)}
async function show(){
  const [clock,people,account,faults,calls]=await Promise.all(['clock','persons','accounts/settlement','faults','calls?limit=25'].map(p=>call('GET','/control/'+p)));
  by('clock').textContent=clock.today+' in Beijing ('+clock.at+'), '+(clock.running?'running':'standing still');
  by('settlement').textContent=yuan(account.balance_fen)+' yuan';
  table('persons',['name','login code (one use)','id number','phone','card','face ticket','yuan on the card',''],people.persons.map(p=>[p.name,p.code,p.id_number,p.phone,p.card_number,p.face_ticket,yuan(p.balance_fen),p.note]));
  table('faults',['target','mode','times left','match'],faults.faults.map(f=>[f.target,f.mode,f.times,f.match||'']));
  table('calls',['at','target','status','fault','body'],calls.calls.reverse().map(c=>[c.at,c.target,c.status||'cut',c.fault||'',JSON.stringify(c.body)]));
}
by('set-clock').onsubmit=async e=>{e.preventDefault();const f=new FormData(e.target);const at=f.get('at');await call('PUT','/control/clock',{at:(at.length===16?at+':00':at)+'+08:00',running:f.get('running')==='on'});show()};
by('set-fault').onsubmit=async e=>{e.preventDefault();const f=new FormData(e.target);await call('POST','/control/faults',{target:f.get('target'),mode:f.get('mode'),times:Number(f.get('times'))});show()};
by('clear').onclick=async()=>{await call('DELETE','/control/faults');show()};
show();setInterval(show,5000);
</script></body></html>`;
